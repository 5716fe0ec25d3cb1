require('./amqplib-use.cjs')(require('amqplib'));

require('./kafkajs-use.cjs')(require('kafkajs'));

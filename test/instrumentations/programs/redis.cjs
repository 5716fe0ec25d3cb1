require('./redis-use.cjs')(require('redis'));

require('./mongodb-use.cjs')(require('mongodb'), require('@opentelemetry/api'));

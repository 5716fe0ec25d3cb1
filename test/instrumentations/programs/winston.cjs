require('./winston-use.cjs')(require('winston'), require('@opentelemetry/api'));

require('./pino-use.cjs')(require('pino'), require('@opentelemetry/api'));

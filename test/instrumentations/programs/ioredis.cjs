require('./ioredis-use.cjs')(require('ioredis').Redis, require('@opentelemetry/api'));

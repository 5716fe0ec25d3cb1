require('./fastify-app.cjs')(require('fastify'), require('./ask.cjs'));

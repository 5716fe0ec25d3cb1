require('./hono-app.cjs')(require('hono'), require('@hono/node-server'), require('./ask.cjs'));

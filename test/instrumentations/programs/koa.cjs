require('./koa-app.cjs')(require('koa'), require('@koa/router').Router, require('./ask.cjs'));

require('./express-app.cjs')(require('express'), require('./ask.cjs'));

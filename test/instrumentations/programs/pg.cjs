require('./pg-use.cjs')(require('pg'));

require('./mysql2-use.cjs')(require('mysql2/promise'));

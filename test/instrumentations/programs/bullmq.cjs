require('./bullmq-use.cjs')(require('bullmq'));

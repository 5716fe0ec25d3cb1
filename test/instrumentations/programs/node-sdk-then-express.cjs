require('./node-sdk.cjs');
require('./express.cjs');

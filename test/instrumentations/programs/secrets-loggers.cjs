// Lines of pino and winston as their bridges send them on: a secret in the message, in fields, in depth, and in an error.
const pino = require('pino');
const winston = require('winston');
const { SECRET } = process.env;
const fields = () => ({
  password: SECRET,
  note: `note ${SECRET}`,
  request: { headers: { authorization: `Bearer ${SECRET}`, accept: 'text/html' }, list: [SECRET, 'second'] },
  [SECRET]: 'under a secret',
});

const quiet = pino({ base: null }, { write: () => {} });
quiet.info(fields(), `pino says ${SECRET}`);
quiet.error(new Error(`pino failed with ${SECRET}`));
const logger = winston.createLogger({ transports: [new winston.transports.Console({ silent: true })] });
logger.info(`winston says ${SECRET}`, fields());
logger.error(new Error(`winston failed with ${SECRET}`));
console.log('logged');

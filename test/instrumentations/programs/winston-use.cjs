module.exports = async (winston, { trace }) => {
  const logger = winston.createLogger({ transports: [new winston.transports.Console()] });
  await trace.getTracer('program').startActiveSpan('work', async (span) => {
    logger.info('in a span');
    span.end();
  });
  logger.info('outside');
};

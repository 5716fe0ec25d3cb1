module.exports = async (pino, { trace }) => {
  const logger = pino();
  await trace.getTracer('program').startActiveSpan('work', async (span) => {
    logger.info('in a span');
    span.end();
  });
  logger.info('outside');
};

// its instrumentation makes spans below another one only
module.exports = async (Redis, { trace }) => {
  const redis = new Redis(process.env.SERVER_URL);
  await trace.getTracer('program').startActiveSpan('work', async (span) => {
    await redis.set('key', 'value');
    console.log(await redis.get('key'));
    span.end();
  });
  await redis.quit();
};

// Nobody listens at this port, and no broker can be had for a test: sending fails, and that is what there is to see.
module.exports = async ({ Kafka, logLevel }) => {
  const kafka = new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const producer = kafka.producer();
  await producer.connect().catch((error) => console.log(error.name));
  await producer.send({ topic: 'letters', messages: [{ value: 'hello' }] }).catch((error) => console.log(error.name));
  await producer.disconnect();
};

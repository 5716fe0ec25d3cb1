module.exports = async (amqplib) => {
  const connection = await amqplib.connect(process.env.SERVER_URL);
  const channel = await connection.createConfirmChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  const received = new Promise((resolve, reject) => {
    channel
      .consume(queue, (message) => {
        channel.ack(message);
        resolve(message.content.toString());
      })
      .catch(reject);
  });
  channel.sendToQueue(queue, Buffer.from('hello'));
  console.log(await received);
  await channel.waitForConfirms();
  await channel.close();
  await connection.close();
};

module.exports = async ({ Queue, Worker }) => {
  const { hostname: host, port } = new URL(process.env.SERVER_URL);
  const connection = { host, port: Number(port), maxRetriesPerRequest: null };
  const queue = new Queue('letters', { connection });
  const done = new Promise((resolve) => {
    const worker = new Worker('letters', async (job) => job.data.text.length, { connection });
    worker.once('completed', async (_job, result) => {
      await worker.close();
      resolve(result);
    });
  });
  await queue.waitUntilReady();
  await queue.add('letter', { text: 'hello' });
  console.log(await done);
  await queue.close();
};

module.exports = async (redis) => {
  const client = redis.createClient({ url: process.env.SERVER_URL });
  await client.connect();
  await client.set('key', 'value');
  console.log(await client.get('key'));
  await client.close();
};

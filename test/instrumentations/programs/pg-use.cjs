module.exports = async (pg) => {
  const client = new pg.Client({ connectionString: process.env.SERVER_URL });
  await client.connect();
  const { rows } = await client.query('select $1::int + 1 as two', [1]);
  console.log(rows[0].two);
  await client.end();
};

module.exports = async (mysql) => {
  const connection = await mysql.createConnection(process.env.SERVER_URL);
  const [rows] = await connection.query('select 1 + 1 as two');
  console.log(rows[0].two);
  await connection.end();
};

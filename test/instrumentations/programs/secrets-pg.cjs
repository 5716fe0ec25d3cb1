// What people do in queries: a literal in the text, one among the values, and one in the error that comes back.
const pg = require('pg');
const { SECRET } = process.env;

(async () => {
  const client = new pg.Client({ connectionString: process.env.SERVER_URL });
  await client.connect();
  await client.query(`select 'by literal' as place, '${SECRET}' as value`);
  await client.query(`select 1 where 'by-key' = 'x' or 'password=${SECRET}' = 'y'`);
  await client.query('select $1::text as "by value"', [SECRET]);
  await client.query(`select cast('${SECRET}' as integer)`).catch((error) => console.log(error.code));
  await client.end();
})();

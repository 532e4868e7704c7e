const { Pool } = require('./pool.cjs');

const pool = new Pool(4);

async function transaction(run) {
  const client = await pool.connect();
  const failed = [];
  client.on('error', (error) => failed.push(error));
  try {
    return await run(client);
  } finally {
    pool.release(client);
  }
}

/** POST /orders */
exports.work = async function work(i) {
  const [first] = await transaction((client) => client.query('insert into orders', [i]));
  return first;
};

import { Pool } from './pool.js';

const pool = new Pool(40);

/** GET /reports/:id: runs a few queries at the same time, more as the day goes on. */
export async function work(i: number): Promise<number> {
  const atOnce = Math.min(40, 1 + Math.floor(i / 8));
  const queries = Array.from({ length: atOnce }, (_, n) =>
    pool.with((client) => client.query(`select ${i + n}`)),
  );
  return (await Promise.all(queries)).length;
}

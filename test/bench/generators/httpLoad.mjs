// Asks a server at a steady rate with autocannon: `node httpLoad.mjs URL REQUESTS_PER_SECOND SECONDS`.
// Prints how long each request took in milliseconds, and how many failed, as JSON.
import process from 'node:process';
import autocannon from 'autocannon';

const [url, rate, seconds] = process.argv.slice(2);
const times = [];
const load = autocannon(
  { url, overallRate: Number(rate), duration: Number(seconds), connections: 10 },
  (error, result) => {
    if (error) throw error;
    const { errors, timeouts, non2xx } = result;
    process.stdout.write(JSON.stringify({ times, failed: errors + timeouts + non2xx }));
  },
);
load.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));

'use strict';
const http = require('node:http');

let stopped = false;
const closingTime = new Promise((resolve) => {
  process.once('SIGTERM', () => {
    stopped = true;
    resolve();
    server.close();
  });
});

async function fetchReport(number) {
  await null;
  const rows = Array.from({ length: 20 }, (_, at) => `line ${at} of report ${number}`);
  return { number, rows };
}

/** The report, or nothing if the server stops first. */
async function reportBeforeClosing(number) {
  const report = await Promise.race([fetchReport(number), closingTime]);
  return stopped ? undefined : report;
}

let served = 0;
async function work(number) {
  const report = await reportBeforeClosing(number);
  return report?.rows.length;
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

'use strict';
const http = require('node:http');

const LINES_SHOWN = 20;
let journal = '';

function log(line) {
  journal += `${new Date().toISOString()} ${line}\n`;
}

function statusPage() {
  return journal.split('\n').slice(-LINES_SHOWN).join('<br>');
}

function checkOut(number) {
  log(`order ${number}: ${'paid by card, packed and sent '.repeat(4)}`);
}

let served = 0;
async function work(number) {
  checkOut(number);
  return number % 100 === 0 ? statusPage() : '';
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

'use strict';
const http = require('node:http');

const entries = [];

function record(who, what) {
  entries.push({ who, what, at: new Date() });
}

function latest(count) {
  return entries.slice(-count);
}

class Ticket {
  constructor(number) {
    this.number = number;
    this.open = true;
  }

  close() {
    this.open = false;
  }
}

let served = 0;
async function work(number) {
  const ticket = new Ticket(number);
  record('customer', `opened ticket ${number}`);
  ticket.close();
  record('agent', `closed ticket ${number}`);
  return latest(10);
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

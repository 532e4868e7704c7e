'use strict';
const http = require('node:http');

function memoize(compute) {
  const known = new Map();
  return (argument) => {
    const key = JSON.stringify(argument);
    if (!known.has(key)) known.set(key, compute(argument));
    return known.get(key);
  };
}

class Receipt {
  constructor({ items }) {
    this.lines = items.map((item) => `1 x ${item}`);
    this.footer = `${items.length} items. Thank you!`;
  }
}

const receiptOf = memoize((order) => new Receipt(order));

let served = 0;
async function work(number) {
  const items = ['tea', 'cup', 'kettle'].slice(number % 3);
  return receiptOf({ number, items }).lines;
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

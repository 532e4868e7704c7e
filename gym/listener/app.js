'use strict';
const http = require('node:http');
const { EventEmitter } = require('node:events');

const rates = new EventEmitter();
rates.setMaxListeners(0);
let euro = 1.08;

class Basket {
  constructor(number) {
    this.items = Array.from({ length: 5 }, (_, at) => ({ sku: `T${number}-${at}`, price: 4 + at }));
    this.rate = euro;
  }

  get total() {
    return this.items.reduce((sum, item) => sum + item.price, 0) * this.rate;
  }
}

async function priceOf(basket) {
  const update = (rate) => (basket.rate = rate);
  rates.on('change', update);
  await null;
  return basket.total;
}

let served = 0;
async function work(number) {
  await priceOf(new Basket(number));
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

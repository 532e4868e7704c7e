'use strict';
const http = require('node:http');

const PAGES = ['/', '/tea', '/cups', '/kettles', '/cart'];
const counters = {};

function count(address) {
  counters[address] ??= { views: 0, firstSeen: new Date() };
  counters[address].views++;
}

function pageOf(address) {
  return address.split('?')[0];
}

function mostSeen() {
  return PAGES.map((page) => [page, counters[page]?.views ?? 0]);
}

let served = 0;
async function work(number) {
  const address = `${PAGES[number % PAGES.length]}?visit=${number.toString(36)}`;
  count(pageOf(address));
  return `${pageOf(address)}: ${mostSeen().length} pages`;
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

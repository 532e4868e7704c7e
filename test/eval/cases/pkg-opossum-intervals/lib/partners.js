'use strict';
const CircuitBreaker = require('opossum');

const shelves = ['north', 'south', 'cellar'];

async function countStock(partner) {
  return shelves.map((shelf, at) => ({ shelf, partner, count: (Number(partner) + at) % 9 }));
}

exports.handle = async function handle(request) {
  const partner = request.url.split('/')[2];
  const breaker = new CircuitBreaker(countStock, { timeout: 1000, resetTimeout: 5000 });
  try {
    const counts = await breaker.fire(partner);
    return { partner, total: counts.reduce((sum, { count }) => sum + count, 0) };
  } finally {
    breaker.shutdown();
  }
};

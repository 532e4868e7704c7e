'use strict';
const telemetry = require('./telemetry');

const orders = telemetry.meter.createCounter('orders');
const amounts = telemetry.meter.createHistogram('amounts');

function placeOrder(id) {
  const amount = 5 + (Number(id) % 40);
  orders.add(1, { country: ['de', 'fr', 'it'][id % 3] });
  amounts.record(amount, { country: ['de', 'fr', 'it'][id % 3] });
  return { id, amount };
}

exports.handle = async function handle(request) {
  if (request.url === '/metrics') return telemetry.scrape();
  return placeOrder(request.url.split('/').pop());
};

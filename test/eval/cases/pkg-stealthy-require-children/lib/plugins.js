'use strict';
const stealthyRequire = require('stealthy-require');

/** Every shop gets its own copy of the price rules, for they keep state. */
function loadRules() {
  return stealthyRequire(require.cache, () => require('./priceRules'));
}

exports.handle = async function handle(request) {
  const shop = request.url.split('/')[2];
  const rules = loadRules();
  rules.setDiscount(Number(shop) % 20);
  return { shop, price: rules.price(100) };
};

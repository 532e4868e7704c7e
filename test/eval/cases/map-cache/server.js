'use strict';
const { quote } = require('./quotes');

const currencies = ['EUR', 'USD', 'GBP'];

function checkout(customer) {
  const basket = [
    { sku: 'tea-' + (customer % 7), quantity: 1 + (customer % 3), price: 450 },
    { sku: 'gift-card-' + customer, quantity: 1, price: 2500 },
  ];
  const { total } = quote(basket, currencies[customer % currencies.length]);
  return { customer, total };
}

exports.work = (i) => checkout(i);

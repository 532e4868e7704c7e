'use strict';
const { Ledger } = require('./ledger');

const ledger = new Ledger();

exports.work = (i) => {
  ledger.book('customer-' + i, 1999);
  ledger.book('fees-' + (i % 12), -59);
  return ledger.balance;
};

'use strict';
const Mustache = require('mustache');
const drafts = require('./drafts');

exports.handle = async function handle(request) {
  const customer = new URL(request.url, 'http://127.0.0.1').searchParams.get('customer');
  const text = Mustache.render(drafts.draftFor(customer), { name: `Customer ${customer}`, amount: 12.5 });
  return { customer, length: text.length };
};

'use strict';
const { note, slowest } = require('./diagnostics');

function route(method, path) {
  note(method, path, path.length * 3);
  return { status: method === 'GET' ? 200 : 201 };
}

exports.work = (i) => {
  route('GET', '/products/' + i);
  route('POST', '/baskets/' + i + '/items');
  if (i % 50 === 0) slowest();
};

'use strict';
const SessionStore = require('./sessions');

const store = new SessionStore(0);

function visit(i) {
  const token = 'token-' + i.toString(36);
  const session = store.find(token) ?? store.open(token, { name: 'visitor ' + i });
  session.views.push('/shop/' + (i % 9));
  return session.views.length;
}

exports.work = visit;

'use strict';
const http = require('node:http');
const { randomUUID } = require('node:crypto');

const sessions = new Map();

function logIn(user) {
  const token = randomUUID();
  sessions.set(token, { user, since: Date.now(), pages: [] });
  return token;
}

function visit(token, page) {
  sessions.get(token).pages.push(page);
}

function logOut(token) {
  sessions.delete(token);
}

/** Three of four close the window instead of pressing the button. */
function closeWindow(token) {
  visit(token, '/goodbye');
  sessions.delete(token);
}

let served = 0;
async function work(number) {
  const token = logIn(`user ${number % 50}`);
  visit(token, '/inbox');
  if (number % 4 === 0) logOut(token);
  else closeWindow(token);
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

'use strict';
const http = require('node:http');
const { EventEmitter } = require('node:events');

class Connection extends EventEmitter {
  goals = [];

  send(goal) {
    this.goals.push(goal);
  }
}

const viewers = new Set();

function open() {
  const viewer = new Connection();
  viewers.add(viewer);
  viewer.once('close', () => viewers.delete(viewer));
  viewer.once('error', (error) => {
    viewer.send(`error: ${error.message}`);
    viewers.delete(viewer);
  });
  return viewer;
}

let served = 0;
async function work(number) {
  const viewer = open();
  viewer.send(`goal ${number}`);
  if (number % 5 === 0) viewer.emit('close');
  else viewer.emit('error', new Error('connection reset'));
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

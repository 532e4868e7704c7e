'use strict';
const http = require('node:http');

const HOUR = 3_600_000;

class Tracker {
  constructor(parcel) {
    this.parcel = parcel;
    this.states = [];
    this.running = false;
  }

  start() {
    this.running = true;
    this.timer = setInterval(() => this.poll(), HOUR);
    this.poll();
  }

  poll() {
    if (this.running) this.states.push(`${this.parcel} is on its way`);
  }

  stop() {
    this.running = false;
  }
}

let served = 0;
async function work(number) {
  const tracker = new Tracker(`parcel ${number}`);
  tracker.start();
  tracker.stop();
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

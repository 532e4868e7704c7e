'use strict';
const http = require('node:http');

let cleanUp = () => {};

/** Calls `step` at the end of the night, before all that was to be done until now. */
function atEndOfNight(step) {
  const earlier = cleanUp;
  cleanUp = () => {
    step();
    earlier();
  };
}

class Job {
  constructor(number) {
    this.rows = Array.from({ length: 10 }, (_, at) => `row ${at} of job ${number}`);
  }

  run() {
    const { length } = this.rows;
    this.close();
    return length;
  }

  close() {
    this.rows = [];
  }
}

let served = 0;
async function work(number) {
  new Job(number).run();
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

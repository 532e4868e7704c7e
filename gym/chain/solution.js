'use strict';
const http = require('node:http');

class Step {
  constructor(shape, previous) {
    this.shape = shape;
    this.previous = previous;
  }
}

class Board {
  last = null;

  draw(shape) {
    this.last = new Step(shape, this.last);
    // Ten steps can be undone.
    let oldest = this.last;
    for (let kept = 1; kept < 10 && oldest.previous; kept++) oldest = oldest.previous;
    oldest.previous = null;
  }

  undo() {
    const { shape, previous } = this.last;
    this.last = previous;
    return shape;
  }
}

const board = new Board();

let served = 0;
async function work(number) {
  board.draw({ kind: 'circle', radius: number });
  board.draw({ kind: 'line', length: number });
  return board.undo();
}

const server = http.createServer(async (request, response) => {
  const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n') ?? 1);
  for (let i = 0; i < count; i++) await work(served++);
  response.end('done\n');
});
server.listen(0, '127.0.0.1', () => console.log(`{"port":${server.address().port}}`));

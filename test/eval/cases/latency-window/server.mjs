const SIZE = 1000;
const window = new Array(SIZE);
let next = 0;

function measured(path, milliseconds) {
  window[next] = { path, milliseconds, at: Date.now() };
  next = (next + 1) % SIZE;
}

function slowest() {
  return window.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0);
}

/** GET /anything */
export function work(i) {
  measured(`/page/${i % 15}`, (i * 37) % 200);
  return i % 100 === 0 ? slowest() : 0;
}

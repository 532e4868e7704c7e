const waiting = [];
let running = 0;
let finished = 0;

async function resize({ name, width }) {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return `${name}@${width}`;
}

function start() {
  while (running < 8 && waiting.length > 0) {
    const job = waiting.shift();
    running++;
    void resize(job).then(() => {
      running--;
      finished++;
      start();
    });
  }
}

/** POST /images */
exports.work = function work(i) {
  waiting.push({ name: `image ${i}`, width: 100 + (i % 10), tags: [i] });
  start();
  return finished;
};

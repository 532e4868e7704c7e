// Fills its heap up to a size and says so: `node heapOfSize.mjs objects|strings|references|numbers MB`.
import process from 'node:process';

const PIECE = 100_000;
const shared = { name: 'shared' };
let made = 0;

const pieces = {
  objects: () => Array.from({ length: PIECE }, () => ({ id: made++, next: undefined })),
  strings: () => Array.from({ length: PIECE }, () => `entry ${made++} of a heap of many strings`),
  references: () => new Array(PIECE * 10).fill(shared),
  numbers: () => new Array(PIECE * 10).fill(0.5),
};

const [kind, megabytes] = process.argv.slice(2);
const kept = [];
while (process.memoryUsage().heapUsed < Number(megabytes) * 1e6) kept.push(pieces[kind]());
console.log(`ready with ${kept.length} pieces`);
setInterval(() => kept.length, 1000);

// node vscodeParser.mjs FILE: @vscode/v8-heap-parser (Rust as WebAssembly), which VS Code's own
// viewer uses. Asking for the class groups makes it compute dominators and retained sizes.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.LEAKLINE_BENCH_ENGINES, 'package.json'));
const { decode_bytes, init_panic_hook } = require('@vscode/v8-heap-parser');

function readAll(file) {
  const bytes = new Uint8Array(statSync(file).size);
  const fd = openSync(file, 'r');
  for (let at = 0, read; at < bytes.length; at += read) {
    read = readSync(fd, bytes, at, Math.min(1 << 28, bytes.length - at), null);
    if (read === 0) throw new Error(`${file} became shorter while it was read.`);
  }
  closeSync(fd);
  return bytes;
}

init_panic_hook();
const graph = decode_bytes(readAll(process.argv[2]));
const groups = graph.get_class_groups(0, 1_000_000, false);
const nodeCount = groups.reduce((sum, group) => sum + group.children_len, 0);
console.log(JSON.stringify({ nodeCount, classes: groups.length }));
process.exit(0);

// node integerScan.mjs FILE: the floor. One thread reads the file, turns the digits of nodes and
// edges into integers in typed arrays, and notes where each string begins. Nothing is computed.
import { closeSync, openSync, readSync, statSync } from 'node:fs';

const CHUNK_BYTES = 4 * 1024 * 1024;
const HEADER_BYTES = 16 * 1024;
const [ZERO, NINE, QUOTE, BACKSLASH] = Buffer.from('09"\\');

const file = process.argv[2];
const size = statSync(file).size;
const fd = openSync(file, 'r');
const buffer = Buffer.allocUnsafe(CHUNK_BYTES);

/** Calls `visit(length, offset)` for each piece of [from, to), which is then in `buffer`. */
function eachChunk(from, to, visit) {
  for (let at = from; at < to;) {
    const read = readSync(fd, buffer, 0, Math.min(CHUNK_BYTES, to - at), at);
    if (read === 0) return;
    visit(read, at);
    at += read;
  }
}

/** Offset behind `text`; chunks overlap so that it may lie across two of them. */
function findEnd(text, from) {
  const overlap = text.length - 1;
  for (let at = from; at < size; at += CHUNK_BYTES - overlap) {
    const read = readSync(fd, buffer, 0, CHUNK_BYTES, at);
    const found = buffer.subarray(0, read).indexOf(text);
    if (found >= 0) return at + found + text.length;
  }
  throw new Error(`There is no ${text} in ${file}.`);
}

function scanIntegers(from, to, count) {
  const integers = new Uint32Array(count);
  let filled = 0;
  let value = 0;
  let inNumber = false;
  eachChunk(from, to, (length) => {
    for (let i = 0; i < length; i++) {
      const byte = buffer[i];
      if (byte >= ZERO && byte <= NINE) {
        value = (value * 10 + byte - ZERO) | 0;
        inNumber = true;
      } else if (inNumber) {
        integers[filled++] = value;
        value = 0;
        inNumber = false;
      }
    }
  });
  if (filled !== count) throw new Error(`${filled} integers where ${count} were announced.`);
  return integers;
}

function scanStrings(from, to) {
  let starts = new Float64Array(1 << 20);
  let found = 0;
  let inString = false;
  let escaped = false;
  eachChunk(from, to, (length, offset) => {
    for (let i = 0; i < length; i++) {
      const byte = buffer[i];
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = inString;
      else if (byte === QUOTE) {
        inString = !inString;
        if (!inString) continue;
        if (found === starts.length) {
          const longer = new Float64Array(2 * starts.length);
          longer.set(starts);
          starts = longer;
        }
        starts[found++] = offset + i;
      }
    }
  });
  return starts.subarray(0, found);
}

function readHeader() {
  const header = Buffer.alloc(HEADER_BYTES);
  const text = header.toString('latin1', 0, readSync(fd, header, 0, HEADER_BYTES, 0));
  const count = (name) => Number(new RegExp(`"${name}":(\\d+)`).exec(text)[1]);
  const fields = (name) => new RegExp(`"${name}":\\[([^\\]]*)\\]`).exec(text)[1].split(',').length;
  return {
    nodeCount: count('node_count'),
    edgeCount: count('edge_count'),
    nodeFields: fields('node_fields'),
    edgeFields: fields('edge_fields'),
  };
}

const { nodeCount, edgeCount, nodeFields, edgeFields } = readHeader();
const nodesAt = findEnd('"nodes":[', 0);
const edgesAt = findEnd('"edges":[', nodesAt);
const edgesEnd = findEnd('"trace_function_infos":', edgesAt);
const stringsAt = findEnd('"strings":[', edgesEnd);
const nodes = scanIntegers(nodesAt, edgesAt, nodeCount * nodeFields);
const edges = scanIntegers(edgesAt, edgesEnd, edgeCount * edgeFields);
const strings = scanStrings(stringsAt, size);
closeSync(fd);
console.log(
  JSON.stringify({
    nodeCount: nodes.length / nodeFields,
    edgeCount: edges.length / edgeFields,
    strings: strings.length,
  }),
);

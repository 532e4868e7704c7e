// node syntheticSnapshot.mjs NODES FILE: writes a snapshot as V8 would, of a heap larger than can be
// had from a real process. The objects form a tree, three below each, with further edges mostly
// between neighbours, as allocation leaves them. The same NODES always give the same file.
import { closeSync, openSync, writeSync } from 'node:fs';

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
const NODE_TYPES = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number'];
NODE_TYPES.push('native', 'synthetic', 'concatenated string', 'sliced string', 'symbol', 'bigint');
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const [STRING, OBJECT, SYNTHETIC] = ['string', 'object', 'synthetic'].map((type) =>
  NODE_TYPES.indexOf(type),
);
const [ELEMENT, PROPERTY, SHORTCUT] = ['element', 'property', 'shortcut'].map((type) =>
  EDGE_TYPES.indexOf(type),
);

/** String table: '', '(GC roots)', 'global', then classes, fields and texts. */
const FIRST_CLASS = 3;
const CLASSES = 5_000;
const FIRST_FIELD = FIRST_CLASS + CLASSES;
const FIELDS = 20_000;
const FIRST_TEXT = FIRST_FIELD + FIELDS;
const TEXTS = 1_000_000;

const FANOUT = 3;
/** Nodes before the tree: the root and (GC roots). */
const TREE = 2;

const nodeCount = Number(process.argv[2]);
const treeSize = nodeCount - TREE;
const fd = openSync(process.argv[3], 'w');
const buffer = Buffer.allocUnsafe(8 * 1024 * 1024);
let filled = 0;

function flush() {
  for (let at = 0; at < filled;) at += writeSync(fd, buffer, at, filled - at);
  filled = 0;
}

function writeText(text) {
  if (filled + text.length > buffer.length) flush();
  filled += buffer.latin1Write(text, filled);
}

let separator = false;
/** Starts a JSON array of integers. */
function beginArray(name) {
  writeText(`,"${name}":[`);
  separator = false;
}

function writeInteger(value) {
  if (filled + 20 > buffer.length) flush();
  if (separator) buffer[filled++] = 44;
  separator = true;
  let digits = 1;
  for (let bound = 10; bound <= value; bound *= 10) digits++;
  for (let at = filled + digits - 1; at >= filled; at--) {
    buffer[at] = 48 + (value % 10);
    value = Math.floor(value / 10);
  }
  filled += digits;
}

function writeIntegers(...values) {
  for (const value of values) writeInteger(value);
}

/** A hash of two small integers, 0 to 2^32 - 1 (Murmur3's finalizer). */
function hash(a, b) {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Nodes of the tree that hang below its node `at`. */
function childCount(at) {
  return Math.max(0, Math.min(FANOUT, treeSize - (FANOUT * at + 1)));
}

/** Edges of a node beside those to its children; every fourth node is a string and has none. */
function linkCount(at) {
  return isText(at) ? 0 : 1 + (hash(at, 0) % 5);
}

function isText(at) {
  return childCount(at) === 0 && at % 4 === 0;
}

/** Where the `index`-th such edge leads: to a neighbour, but once in 16 anywhere. */
function linkTarget(at, index) {
  const random = hash(at, index + 1);
  if (random % 16 === 0) return Math.floor((random / 2 ** 32) * treeSize);
  return Math.abs(at - 2_000 + (random % 4_000)) % treeSize;
}

function writeHeader() {
  let edgeCount = 2;
  for (let at = 0; at < treeSize; at++) edgeCount += childCount(at) + linkCount(at);
  const meta = {
    node_fields: NODE_FIELDS,
    node_types: [NODE_TYPES, 'string', 'number', 'number', 'number', 'number'],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
    trace_function_info_fields: [
      'function_id',
      'name',
      'script_name',
      'script_id',
      'line',
      'column',
    ],
    trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
    sample_fields: ['timestamp_us', 'last_assigned_id'],
    location_fields: ['object_index', 'script_id', 'line', 'column'],
  };
  const counts = { node_count: nodeCount, edge_count: edgeCount, trace_function_count: 0 };
  writeText(`{"snapshot":${JSON.stringify({ meta, ...counts, extra_native_bytes: 0 })}`);
}

function writeNodes() {
  beginArray('nodes');
  writeIntegers(SYNTHETIC, 0, 1, 0, 2, 0);
  writeIntegers(SYNTHETIC, 1, 3, 0, 0, 0);
  for (let at = 0; at < treeSize; at++) {
    const random = hash(at, 99);
    const text = isText(at);
    writeInteger(text ? STRING : OBJECT);
    if (at === 0) writeInteger(2);
    else writeInteger(text ? FIRST_TEXT + (random % TEXTS) : FIRST_CLASS + (random % CLASSES));
    writeInteger(2 * (at + TREE) + 1);
    writeInteger(16 + 8 * (random % 12));
    writeInteger(childCount(at) + linkCount(at));
    writeInteger(0);
  }
  writeText(']');
}

function writeEdge(type, nameOrIndex, target) {
  writeInteger(type);
  writeInteger(nameOrIndex);
  writeInteger(target * NODE_FIELDS.length);
}

function writeEdges() {
  beginArray('edges');
  writeEdge(ELEMENT, 1, 1);
  writeEdge(SHORTCUT, 2, TREE);
  for (let at = 0; at < treeSize; at++) {
    const children = childCount(at);
    for (let i = 0; i < children; i++) writeEdge(ELEMENT, i, TREE + FANOUT * at + 1 + i);
    const links = linkCount(at);
    for (let i = 0; i < links; i++) {
      writeEdge(PROPERTY, FIRST_FIELD + (hash(at, i + 50) % FIELDS), TREE + linkTarget(at, i));
    }
  }
  writeText(']');
}

function writeStrings() {
  writeText(',"strings":["","(GC roots)","global"');
  for (let i = 0; i < CLASSES; i++) writeText(`,"Class${i}"`);
  for (let i = 0; i < FIELDS; i++) writeText(`,"field${i}"`);
  for (let i = 0; i < TEXTS; i++) writeText(`,"text ${i} \\"${hash(i, 7).toString(36)}\\""`);
  writeText(']}');
}

writeHeader();
writeNodes();
writeEdges();
for (const empty of ['trace_function_infos', 'trace_tree', 'samples', 'locations']) {
  writeText(`,"${empty}":[]`);
}
writeStrings();
flush();
closeSync(fd);

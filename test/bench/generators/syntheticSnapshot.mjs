// node syntheticSnapshot.mjs NODES FILE: writes a snapshot as V8 would, of a heap larger than can be
// had from a real process. The same NODES always give the same file.
//
// It is like a heap that a program filled: records, small trees that are numbered depth first, in
// long arrays, with links to older records. How far edges reach, and how deep a depth-first search
// gets, decides how fast a snapshot can be worked on: with links to anywhere in both directions it
// takes several times as long. So it is made like `l`, and like a snapshot of the TypeScript compiler
// after it checked this project:
//
//                                                          l       TypeScript  this
// edges to nodes with 1000 retainers and more              54 %    57 %        57 %
// of the others: less than 16 nodes far                    34 %    16 %        54 %
//                target within 16 of the edge before's     58 %    36 %        47 %
// nodes with one retainer, with two to seven               69, 29  63, 33      83, 14 %
// depth-first spanning tree: mean and greatest depth       118, 54k  499, 3k   129, 3k
import { closeSync, openSync, writeSync } from 'node:fs';

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
const NODE_TYPES = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number'];
NODE_TYPES.push('native', 'synthetic', 'concatenated string', 'sliced string', 'symbol', 'bigint');
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const [HIDDEN, STRING, OBJECT, SYNTHETIC] = ['hidden', 'string', 'object', 'synthetic'].map(
  (type) => NODE_TYPES.indexOf(type),
);
const [ELEMENT, PROPERTY, INTERNAL, SHORTCUT] = ['element', 'property', 'internal', 'shortcut'].map(
  (type) => EDGE_TYPES.indexOf(type),
);

/** A record is a tree: three below the top one, and three below each of these. */
const RECORD_NODES = 13;
const BRANCH_NODES = 4;
/** Records are of these kinds in turn. */
const KINDS = 4;
/** Links reach at least so far, in powers of 2. */
const NEAREST_LINK = 8;

/** String table: '', '(GC roots)', 'global', 'Array', then classes, fields and texts. */
const FIRST_CLASS = 4;
const CLASSES = KINDS * RECORD_NODES;
const FIRST_FIELD = FIRST_CLASS + CLASSES;
const FIELDS = 20_000;
const FIRST_TEXT = FIRST_FIELD + FIELDS;
const TEXTS = 1_000_000;

const [GC_ROOTS, GLOBAL, FIRST_SHARED] = [1, 2, 3];
/** Objects that all refer to, such as `undefined`, then the hidden class of each class. */
const COMMON = 16;
const SHARED = COMMON + CLASSES;
/** From here on there are blocks: an array, then the records that it holds. */
const FIRST_BLOCK = FIRST_SHARED + SHARED;
const RECORDS = 4_096;
const BLOCK_NODES = 1 + RECORDS * RECORD_NODES;

const blockCount = Math.floor((Number(process.argv[2]) - FIRST_BLOCK) / BLOCK_NODES);
const nodeCount = FIRST_BLOCK + blockCount * BLOCK_NODES;
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

/** Place of a node of a block in its record, 0 to 12; -1 for the array. */
function placeOf(node) {
  const inBlock = (node - FIRST_BLOCK) % BLOCK_NODES;
  return inBlock === 0 ? -1 : (inBlock - 1) % RECORD_NODES;
}

/** Place of the record of such a node in its array. */
function recordOf(node) {
  return Math.floor((((node - FIRST_BLOCK) % BLOCK_NODES) - 1) / RECORD_NODES);
}

/** The nodes of a record with others below them are at 0, 1, 5 and 9. */
function isLeaf(place) {
  return place % BRANCH_NODES !== 1 && place > 0;
}

function isText(place) {
  return place > 0 && place % BRANCH_NODES === 0;
}

/** Calls `visit(type, nameOrIndex, target)` for each edge of a node of a block. */
function eachEdge(node, visit) {
  const place = placeOf(node);
  if (place < 0) {
    for (let i = 0; i < RECORDS; i++) visit(ELEMENT, i, node + 1 + i * RECORD_NODES);
  } else if (!isLeaf(place)) {
    const distance = place === 0 ? BRANCH_NODES : 1;
    for (let i = 0; i < 3; i++) visit(PROPERTY, FIRST_FIELD + place + i, node + 1 + i * distance);
  }
  visit(INTERNAL, FIRST_FIELD, FIRST_SHARED + COMMON + classOf(node));
  if (place < 0 || isText(place)) return;
  const random = hash(node, 1);
  const common = 1 + ((random >>> 8) & 1);
  for (let i = 1; i <= common; i++) {
    visit(INTERNAL, FIRST_FIELD + i, FIRST_SHARED + (hash(node, i + 70) % COMMON));
  }
  const links = random % 3;
  for (let i = 0; i < links; i++) {
    const name = FIRST_FIELD + (hash(node, i + 50) % FIELDS);
    visit(PROPERTY, name, linkTarget(node, hash(node, i + 2)));
  }
}

/** What is at one place of the records of one kind is of one class; arrays and texts are of one each. */
function classOf(node) {
  const place = placeOf(node);
  if (place < 0 || isText(place)) return Math.max(place, 0);
  return (recordOf(node) % KINDS) * RECORD_NODES + place;
}

/** Where the link of a node leads: to one of the nodes of a record that are not leaves. */
function linkTarget(node, random) {
  const record = recordOf(node);
  const kind = record % KINDS;
  return kind === 0 ? neighbour(node, record, random) : olderRecord(node, kind, random);
}

/** Records of the first kind are in a list, linked in both directions, with the others of their array. */
function neighbour(node, record, random) {
  const next = (record + (random & 1 ? KINDS : RECORDS - KINDS)) % RECORDS;
  return node - placeOf(node) + (next - record) * RECORD_NODES;
}

/**
 * The others link to what is of an earlier kind, as orders do to accounts and these to addresses. All
 * distances are as likely on a logarithmic scale.
 */
function olderRecord(node, kind, random) {
  const far = Math.log2(nodeCount);
  const power = NEAREST_LINK + ((random >>> 8) / 2 ** 24) * (far - NEAREST_LINK);
  const target = Math.max(node - Math.floor(2 ** power), FIRST_BLOCK);
  const place = placeOf(target);
  if (place < 0) return target + 1;
  const record = recordOf(target);
  const top = target - place - ((record % KINDS) - (random % kind)) * RECORD_NODES;
  return top + (place === 0 ? 0 : 1 + BRANCH_NODES * Math.floor((place - 1) / BRANCH_NODES));
}

function edgeCountOf(node) {
  let count = 0;
  eachEdge(node, () => count++);
  return count;
}

function writeHeader() {
  let edgeCount = 2 + SHARED + blockCount;
  for (let node = FIRST_BLOCK; node < nodeCount; node++) edgeCount += edgeCountOf(node);
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

function writeNode(node, type, name, selfSize, edgeCount) {
  writeInteger(type);
  writeInteger(name);
  writeInteger(2 * node + 1);
  writeInteger(selfSize);
  writeInteger(edgeCount);
  writeInteger(0);
}

function writeNodes() {
  beginArray('nodes');
  writeNode(0, SYNTHETIC, 0, 0, 2);
  writeNode(GC_ROOTS, SYNTHETIC, 1, 0, SHARED);
  writeNode(GLOBAL, OBJECT, 2, 64, blockCount);
  for (let i = 0; i < SHARED; i++) writeNode(FIRST_SHARED + i, HIDDEN, 0, 40, 0);
  for (let node = FIRST_BLOCK; node < nodeCount; node++) {
    const place = placeOf(node);
    const random = hash(node, 99);
    const edgeCount = edgeCountOf(node);
    const size = 16 + 8 * (random % 12);
    if (place < 0) writeNode(node, OBJECT, 3, 16 + 8 * RECORDS, edgeCount);
    else if (isText(place)) writeNode(node, STRING, FIRST_TEXT + (random % TEXTS), size, edgeCount);
    else writeNode(node, OBJECT, FIRST_CLASS + classOf(node), size, edgeCount);
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
  writeEdge(ELEMENT, 1, GC_ROOTS);
  writeEdge(SHORTCUT, 2, GLOBAL);
  for (let i = 0; i < SHARED; i++) writeEdge(ELEMENT, i, FIRST_SHARED + i);
  for (let i = 0; i < blockCount; i++) {
    writeEdge(PROPERTY, FIRST_FIELD + i, FIRST_BLOCK + i * BLOCK_NODES);
  }
  for (let node = FIRST_BLOCK; node < nodeCount; node++) eachEdge(node, writeEdge);
  writeText(']');
}

function writeStrings() {
  writeText(',"strings":["","(GC roots)","global","Array"');
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

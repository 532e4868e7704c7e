import type { SeededRandom } from './seededRandom';

type Damage = (snapshot: string, random: SeededRandom) => string;

/** Numbers that are at a limit of something, or no numbers of a snapshot at all. */
const numbers = [
  ...['0', '1', '2', '3', '6', '7', '255', '256', '65535', '2147483647', '2147483648'],
  ...['4294967294', '4294967295', '4294967296', '9007199254740991', '9007199254740992'],
  ...['-1', '-2147483648', '1.5', '1e9', '1e999', '00', '+1', '9'.repeat(400), 'null', '""', '[]'],
];
const bytes = [
  '"',
  '\\',
  ',',
  ':',
  '[',
  ']',
  '{',
  '}',
  '-',
  '.',
  'e',
  '0',
  '9',
  ' ',
  '\n',
  '\0',
  'é',
];
const sections = ['snapshot', 'nodes', 'edges', 'locations', 'strings', 'samples', 'trace_tree'];

const damages: readonly Damage[] = [
  truncate,
  changeByte,
  changeNumber,
  changeNumber,
  lieAboutCounts,
  renameSomething,
  removeRange,
  repeatRange,
  removeSection,
  repeatSection,
  swapSections,
  breakString,
];

/**
 * A snapshot with one to three things wrong, the same ones for the same seed: bytes and numbers
 * changed, parts cut off, lost, doubled and swapped, counts that lie.
 *
 * @param snapshot latin1: one character a byte
 */
export function damagedSnapshot(snapshot: string, random: SeededRandom): string {
  let damaged = snapshot;
  for (let times = 1 + random.below(3); times > 0; times--) {
    damaged = random.pick(damages)(damaged, random);
  }
  return damaged;
}

function replaceAt(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

function truncate(snapshot: string, random: SeededRandom): string {
  return snapshot.slice(0, random.below(snapshot.length + 1));
}

function changeByte(snapshot: string, random: SeededRandom): string {
  const at = random.below(snapshot.length);
  const byte = random.below(2) ? random.pick(bytes) : String.fromCharCode(random.below(256));
  return replaceAt(snapshot, at, at + 1, byte);
}

function changeNumber(snapshot: string, random: SeededRandom): string {
  const start = random.below(snapshot.length);
  const match = /\d+/.exec(snapshot.slice(start, start + 1000));
  if (!match) return snapshot;
  const at = start + match.index;
  return replaceAt(snapshot, at, at + match[0].length, random.pick(numbers));
}

function lieAboutCounts(snapshot: string, random: SeededRandom): string {
  const name = random.pick(['node_count', 'edge_count', 'trace_function_count']);
  return snapshot.replace(new RegExp(`("${name}":)\\d+`), `$1${random.pick(numbers)}`);
}

function renameSomething(snapshot: string, random: SeededRandom): string {
  const names = ['type', 'name', 'id', 'self_size', 'edge_count', 'to_node', 'hidden', 'internal'];
  const name = random.pick([...names, ...sections, 'meta', 'node_fields', 'edge_types', 'line']);
  const other = random.pick(['', 'type', 'weak', 'nodes', 'strings', 'x'.repeat(300)]);
  return snapshot.replace(`"${name}"`, `"${other}"`);
}

function removeRange(snapshot: string, random: SeededRandom): string {
  const start = random.below(snapshot.length);
  return replaceAt(snapshot, start, start + 1 + random.below(200), '');
}

function repeatRange(snapshot: string, random: SeededRandom): string {
  const start = random.below(snapshot.length);
  const range = snapshot.slice(start, start + 1 + random.below(200));
  return replaceAt(snapshot, start, start, range.repeat(1 + random.below(5)));
}

/** Where a section is, its name included; empty if there is no such section. */
function sectionRange(snapshot: string, name: string): [number, number] {
  const start = snapshot.indexOf(`"${name}":`);
  if (start < 0) return [0, 0];
  const next = sections
    .map((other) => snapshot.indexOf(`"${other}":`, start + 1))
    .filter((at) => at > start);
  return [start, Math.min(snapshot.lastIndexOf('}'), ...next)];
}

function removeSection(snapshot: string, random: SeededRandom): string {
  const [start, end] = sectionRange(snapshot, random.pick(sections));
  return replaceAt(snapshot, start, end, '');
}

function repeatSection(snapshot: string, random: SeededRandom): string {
  const [start, end] = sectionRange(snapshot, random.pick(sections));
  return replaceAt(snapshot, start, start, snapshot.slice(start, end));
}

function swapSections(snapshot: string, random: SeededRandom): string {
  const [from, to] = sectionRange(snapshot, random.pick(sections));
  const moved = snapshot.slice(from, to);
  const rest = replaceAt(snapshot, from, to, '');
  const [at] = sectionRange(rest, random.pick(sections));
  return replaceAt(rest, at, at, moved);
}

function breakString(snapshot: string, random: SeededRandom): string {
  const strings = Math.max(snapshot.indexOf('"strings":'), 0);
  const at = strings + random.below(snapshot.length - strings);
  const wrong = random.pick([
    '\\',
    '\\u',
    '\\u12',
    '\\ud83d',
    '\\x',
    '"',
    '""',
    '\xff\xfe',
    '\xf0\x9f',
  ]);
  return replaceAt(snapshot, at, at, wrong);
}

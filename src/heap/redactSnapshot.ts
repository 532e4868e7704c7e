import { throwIfAborted } from '../base/errors';
import type { BitSet } from './bitSet';
import { nameStrings } from './nameStrings';
import { parseSnapshot, type ParseOptions } from './snapshotParser';
import type { StringTable } from './stringTable';

/** What V8 itself writes in the place of a value. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...['', 'heap number', 'smi number', 'bigint', 'symbol'],
  ...['(concatenated string)', '(sliced string)'],
]);

/** The name of a WeakMap's entry repeats those of key and value, which may be values. */
const WEAK_ENTRY =
  /^(\d+ \/ part of key \().*( @\d+\) -> value \().*( @\d+\) pair in WeakMap \(table @\d+\))$/s;
const WEAK_ENTRY_PART = ' / part of key (';

const PART_CHARACTERS = 1 << 16;

/**
 * A snapshot without the values of the program: what strings, regular expressions, symbols and
 * numbers hold is replaced by a text that tells only which string it was, and how long. Names of
 * code (see `nameStrings`) stay, and so does every node, edge, id and size.
 *
 * @param open begins to read the file anew; it is read twice
 * @yields the new file in order: bytes as they stood, and text to be written as UTF-8
 * @throws LeaklineError as `parseSnapshot`
 */
export async function* redactSnapshot(
  open: () => AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): AsyncGenerator<Uint8Array | string, void, undefined> {
  let section = { from: 0, to: 0 };
  const onStrings = (from: number, to: number) => (section = { from, to });
  const graph = await parseSnapshot(open(), { ...options, onStrings });
  let start = 0;
  let isWritten = false;
  for await (const chunk of open()) {
    throwIfAborted(options.signal);
    const end = start + chunk.length;
    if (start < section.from) yield chunk.slice(0, section.from - start);
    if (!isWritten && end >= section.to) {
      yield* redactedStrings(graph.strings, nameStrings(graph));
      isWritten = true;
    }
    if (end > section.to) yield chunk.slice(Math.max(0, section.to - start));
    start = end;
  }
}

/** The "strings" section, in parts. */
function* redactedStrings(strings: StringTable, names: BitSet): Generator<string> {
  let part = '[';
  for (let index = 0; index < strings.length; index++) {
    const text = redacted(strings.get(index), index, names.has(index));
    part += `${index === 0 ? '' : ',\n'}${JSON.stringify(text)}`;
    if (part.length < PART_CHARACTERS) continue;
    yield part;
    part = '';
  }
  yield `${part}]`;
}

function redacted(text: string, index: number, isName: boolean): string {
  if (PLACEHOLDERS.has(text)) return text;
  if (isName && WEAK_ENTRY.test(text)) return text.replace(WEAK_ENTRY, '$1$2$3');
  return isName && !text.includes(WEAK_ENTRY_PART)
    ? text
    : `[string ${index}, ${text.length} characters]`;
}

import { CLOSE_BRACE, isWhitespace } from '../heap/ascii';
import { ByteInput, type ValueScanner } from '../heap/byteInput';
import { LocationReader } from '../heap/locationReader';
import { LocationTable } from '../heap/locationTable';
import { NumberScanner } from '../heap/numberScanner';
import { notASnapshot } from '../heap/snapshotErrors';
import { StringScanner } from '../heap/stringScanner';
import type { StringTable } from '../heap/stringTable';
import type { SnapshotSections } from './sectionFinder';
import type { SnapshotFile } from './snapshotFile';

const CHUNK_BYTES = 1 << 18;

/** Reads the "strings" section, with which the file must end. */
export function readStrings(file: SnapshotFile, sections: SnapshotSections): StringTable {
  const scanner = new StringScanner(file.byteLength - sections.strings);
  const end = scan(file, sections.strings, scanner);
  const rest = new Uint8Array(Math.min(file.byteLength - end, CHUNK_BYTES));
  file.read(rest, end, rest.length);
  const tail = rest.filter((byte) => !isWhitespace(byte));
  if (tail.length !== 1 || tail[0] !== CLOSE_BRACE) {
    throw notASnapshot('something follows the strings', end);
  }
  return scanner.finish();
}

/** Reads the "locations" section, if there is any. */
export function readLocations(
  file: SnapshotFile,
  { format, locations }: SnapshotSections,
): LocationTable {
  if (!format.location || !locations) return LocationTable.EMPTY;
  const { fieldCount } = format.location;
  // Room for as many rows as there can be at most: what is not written takes up no memory.
  const mostRows = Math.ceil((locations.end - locations.start + 1) / (2 * fieldCount));
  const reader = new LocationReader(format, format.location, mostRows);
  scan(file, locations.start - 1, new NumberScanner('locations', reader));
  return reader.finish();
}

/** Scans the value that begins at `start`; returns where it ends. */
function scan(file: SnapshotFile, start: number, scanner: ValueScanner): number {
  const bytes = new Uint8Array(CHUNK_BYTES);
  const input = new ByteInput();
  let position = start;
  while (!scanner.done) {
    const length = Math.min(CHUNK_BYTES, file.byteLength - position);
    if (length <= 0) throw notASnapshot('it ends too early', position);
    file.read(bytes, position, length);
    input.advance(bytes.subarray(0, length));
    scanner.scan(input);
    position += input.position;
  }
  return position;
}

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  RecordReader,
  recordSection,
  type RecordSection,
  type RecordWriter,
} from '../../../src/analysis/recordSection';
import { SnapshotFile } from '../../../src/analysis/snapshotFile';

const FIELDS = 3;
const RECORDS = 90_000;
const HEAD = '{"edges":[';

/** Numbers of one to ten digits, so that blocks begin anywhere in a record and in a number. */
function someNumbers(): number[] {
  let seed = 7;
  return Array.from({ length: FIELDS * RECORDS }, () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return seed >>> (seed % 31);
  });
}

class Table implements RecordWriter {
  readonly fieldCount = FIELDS;
  readonly numbers = new Uint32Array(FIELDS * RECORDS);

  write(values: Uint32Array, from: number, recordCount: number, firstRecord: number): void {
    this.numbers.set(values.subarray(from, from + recordCount * FIELDS), firstRecord * FIELDS);
  }
}

describe('RecordReader', () => {
  const numbers = someNumbers();
  let folder = '';
  const opened: SnapshotFile[] = [];

  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'records-'))));
  after(() => {
    for (const file of opened) file.close();
    rmSync(folder, { recursive: true });
  });

  function open(records: readonly string[], separator: string) {
    const name = path.join(folder, `${opened.length}`);
    const body = records.join(separator);
    writeFileSync(name, `${HEAD}${body}]}`);
    const file = SnapshotFile.open(name);
    opened.push(file);
    return { file, start: HEAD.length, end: HEAD.length + body.length };
  }

  const records = Array.from({ length: RECORDS }, (_, at) =>
    numbers.slice(at * FIELDS, at * FIELDS + FIELDS).join(','),
  );

  /** Lets the reader from the back have `blocks` blocks, and the other one the rest. */
  function readFromBothEnds(
    file: SnapshotFile,
    section: RecordSection,
    blocks: number,
    blockCount: number,
  ): Table {
    const table = new Table();
    section.claims[0] = blockCount - blocks;
    const met = new RecordReader(file, section, table).readBackward();
    section.claims[0] = blocks;
    new RecordReader(file, section, table).readForward(() => {})(met);
    return table;
  }

  for (const separator of [',', ',\n', '\n,']) {
    it(`numbers records from both ends, separated by ${JSON.stringify(separator)}`, () => {
      const { file, start, end } = open(records, separator);
      const blockCount = Math.ceil((end - start) / 2 ** 18);
      assert.ok(blockCount >= 5);
      for (let blocks = 0; blocks <= blockCount; blocks++) {
        const section = recordSection({ start, end }, RECORDS, FIELDS);
        const table = readFromBothEnds(file, section, blocks, blockCount);
        assert.ok(
          Buffer.from(table.numbers.buffer).equals(Buffer.from(new Uint32Array(numbers).buffer)),
        );
      }
    });
  }

  for (const [what, broken] of [
    ['too few', records.slice(1)],
    ['too many', ['1,2,3', ...records]],
    ['an incomplete one', ['1', ...records.slice(1)]],
    ['a number of 33 bits', ['1,4294967296,3', ...records.slice(1)]],
    ['a negative number', ['1,-2,3', ...records.slice(1)]],
  ] as const) {
    it(`refuses ${what}, whoever finds it`, () => {
      const { file, start, end } = open(broken, ',');
      const blockCount = Math.ceil((end - start) / 2 ** 18);
      for (const blocks of [0, 2, blockCount]) {
        const section = recordSection({ start, end }, RECORDS, FIELDS);
        assert.throws(() => readFromBothEnds(file, section, blocks, blockCount), {
          code: 'notASnapshot',
        });
      }
    });
  }

  it('makes no room for records that cannot be there', () => {
    assert.throws(() => recordSection({ start: 0, end: 100 }, 1000, FIELDS), {
      code: 'notASnapshot',
    });
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { recordSection } from '../../../src/analysis/recordSection';
import { SnapshotFile } from '../../../src/analysis/snapshotFile';
import { blockCountOf, readSplit } from '../../support/heap/splitSection';

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

  const equal = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    Buffer.from(Uint32Array.from(one).buffer).equals(Buffer.from(Uint32Array.from(other).buffer));

  for (const separator of [',', ',\n', '\n,']) {
    const shown = JSON.stringify(separator);

    it(`numbers records from both ends, separated by ${shown}`, () => {
      const { file, start, end } = open(records, separator);
      const blockCount = blockCountOf(recordSection({ start, end }, RECORDS, FIELDS));
      assert.ok(blockCount >= 5);
      for (let blocks = 0; blocks <= blockCount; blocks++) {
        const section = recordSection({ start, end }, RECORDS, FIELDS);
        assert.ok(equal(readSplit(file, section, FIELDS, blocks), numbers));
      }
    });

    it(`does so wherever they meet, whatever the size of their blocks, separated by ${shown}`, () => {
      const few = 20;
      const { file, start, end } = open(records.slice(0, few), separator);
      const expected = numbers.slice(0, few * FIELDS);
      for (let blockBytes = 1; blockBytes <= end - start; blockBytes++) {
        const section = recordSection({ start, end }, few, FIELDS, blockBytes);
        for (let blocks = 0; blocks <= blockCountOf(section); blocks++) {
          const what = `${blocks} blocks of ${blockBytes} bytes`;
          assert.ok(equal(readSplit(file, section, FIELDS, blocks), expected), what);
        }
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
      const blockCount = blockCountOf(recordSection({ start, end }, RECORDS, FIELDS));
      for (const blocks of [0, 2, blockCount]) {
        const section = recordSection({ start, end }, RECORDS, FIELDS);
        assert.throws(() => readSplit(file, section, FIELDS, blocks), { code: 'notASnapshot' });
      }
    });
  }

  it('makes no room for records that cannot be there', () => {
    assert.throws(() => recordSection({ start: 0, end: 100 }, 1000, FIELDS), {
      code: 'notASnapshot',
    });
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { isDigit } from '../../../src/analysis/numberBlock';
import { recordSection } from '../../../src/analysis/recordSection';
import { findSections, type SnapshotSections } from '../../../src/analysis/sectionFinder';
import { SnapshotFile } from '../../../src/analysis/snapshotFile';
import { parseSnapshot } from '../../../src/heap/snapshotParser';
import { graphContents } from '../../support/heap/graphContents';
import { SeededRandom } from '../../support/heap/seededRandom';
import { readSplit } from '../../support/heap/splitSection';
import { projectRoot } from '../../support/projectRoot';
import { inTemporaryFolder } from '../../support/temporaryFolder';
import { runCommand } from '../../support/vscode/runCommand';

const program = path.join(projectRoot, 'test', 'fixtures', 'programs', 'heapZoo.cjs');
const windowBytes = 40;
const splitBytes = 400;
/** From the start of a section: few, so that all can be read for each split. */
const someRecords = [1000, 1777, 3000];
const seed = 11;

/** Loads `bytes` as a stream would bring them that breaks at each of `cuts`. */
async function loadCut(bytes: Buffer, cuts: readonly number[]) {
  async function* chunks() {
    await Promise.resolve();
    const ends = [...new Set([...cuts, bytes.length])].sort((a, b) => a - b);
    for (const [index, end] of ends.entries()) yield bytes.subarray(ends[index - 1] ?? 0, end);
  }
  return graphContents(await parseSnapshot(chunks(), { byteLength: bytes.length }));
}

describe('A real snapshot that comes in pieces', function () {
  this.timeout(180_000);
  let bytes: Buffer;
  let whole: Awaited<ReturnType<typeof loadCut>>;

  before(async () => {
    bytes = await inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'zoo.heapsnapshot');
      await runCommand(process.execPath, [program, `write=${file}`]);
      return readFile(file);
    });
    whole = await loadCut(bytes, []);
  });

  it('is the same wherever one of them ends', async () => {
    const places = [
      '{"snapshot":',
      '"node_count"',
      '"nodes":[',
      '"edges":[',
      '"trace_function_infos"',
    ];
    const starts = [...places, '"locations":[', '"strings":[', '\\u2248', '\\"\\\\'].map((text) => {
      const at = bytes.indexOf(text);
      assert.ok(at >= 0, text);
      return Math.max(at - windowBytes / 2, 0);
    });
    const middleOf = (from: string, to: string) => (bytes.indexOf(from) + bytes.indexOf(to)) >> 1;
    starts.push(middleOf('"nodes":[', '"edges":['), middleOf('"edges":[', '"locations":['));
    for (let offset = 0; offset < windowBytes; offset++) {
      const cuts = starts.map((start) => start + offset);
      assert.deepEqual(await loadCut(bytes, cuts), whole, `cut at ${cuts.join()}`);
    }
  });

  it('is the same if these are single bytes', async () => {
    const start = bytes.indexOf('"edges":[') - 500;
    const cuts = Array.from({ length: 1000 }, (_, i) => start + i);
    const strings = Array.from({ length: 1000 }, (_, i) => bytes.indexOf('"strings":[') + i);
    assert.deepEqual(await loadCut(bytes, [...cuts, ...strings]), whole);
  });

  it(`is the same at random cuts of seed ${seed}`, async () => {
    const random = new SeededRandom(seed);
    for (let times = 0; times < 15; times++) {
      const cuts = Array.from({ length: 1 + random.below(40) }, () => random.below(bytes.length));
      assert.deepEqual(await loadCut(bytes, cuts), whole, `cut at ${cuts.join()}`);
    }
  });
});

describe('A section of a real snapshot that two threads read', function () {
  this.timeout(180_000);
  let folder: string;
  let file: SnapshotFile;
  let sections: SnapshotSections;
  let bytes: Buffer;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-split-'));
    const name = path.join(folder, 'zoo.heapsnapshot');
    await runCommand(process.execPath, [program, `write=${name}`]);
    bytes = await readFile(name);
    file = SnapshotFile.open(name);
    sections = findSections(file);
  });
  after(async () => {
    file.close();
    await rm(folder, { recursive: true });
  });

  for (const name of ['nodes', 'edges'] as const) {
    it(`is the same wherever they meet in its ${name}`, () => {
      const { [name]: whole, format } = sections;
      const { fieldCount } = name === 'nodes' ? format.node : format.edge;
      const lengths = someRecords.map((count) => endOfNumber(whole.start, count * fieldCount));
      for (const [index, length] of lengths.entries()) {
        const section = { start: whole.start, end: whole.start + length };
        const text = bytes.toString('latin1', section.start, section.end);
        const expected = Buffer.from(Uint32Array.from(JSON.parse(`[${text}]`) as number[]).buffer);
        for (let split = length >> 1; split < (length >> 1) + splitBytes; split++) {
          // One reader has the one block before the split, the other one what follows.
          const records = recordSection(section, someRecords[index], fieldCount, split);
          const numbers = readSplit(file, records, fieldCount, 1);
          assert.ok(Buffer.from(numbers.buffer).equals(expected), `split at ${split} of ${length}`);
        }
      }
    });
  }

  /** How many bytes there are from `start` to behind the number of that index. */
  function endOfNumber(start: number, count: number): number {
    let at = start;
    for (let numbers = 0; numbers < count; at++) {
      const byte = bytes[at];
      const next = bytes[at + 1];
      if (isDigit(byte) && !isDigit(next)) numbers++;
    }
    return at - start;
  }
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { loadHeapSnapshot } from '../../../src/heap/heapSnapshot';
import { graphContents } from '../../support/heap/graphContents';
import { SeededRandom } from '../../support/heap/seededRandom';
import { projectRoot } from '../../support/projectRoot';
import { inTemporaryFolder } from '../../support/temporaryFolder';
import { runCommand } from '../../support/vscode/runCommand';

const program = path.join(projectRoot, 'test', 'fixtures', 'programs', 'heapZoo.cjs');
const windowBytes = 40;
const seed = 11;

/** Loads `bytes` as a stream would bring them that breaks at each of `cuts`. */
async function loadCut(bytes: Buffer, cuts: readonly number[]) {
  async function* chunks() {
    await Promise.resolve();
    const ends = [...new Set([...cuts, bytes.length])].sort((a, b) => a - b);
    for (const [index, end] of ends.entries()) yield bytes.subarray(ends[index - 1] ?? 0, end);
  }
  const { graph } = await loadHeapSnapshot(chunks(), { byteLength: bytes.length });
  return graphContents(graph);
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

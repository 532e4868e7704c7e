import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import fc from 'fast-check';
import { loadSnapshotFile } from '../../../src/analysis/loadSnapshotFile';
import { summarizeClasses } from '../../../src/heap/classSummary';
import { analyzeGraph, loadHeapSnapshot, type HeapSnapshot } from '../../../src/heap/heapSnapshot';
import { askDevtools, type OracleAnswer } from '../../support/devtools/devtoolsOracle';
import { takeChromiumSnapshot } from '../../support/heap/chromiumSnapshot';
import { assertAgree } from '../../support/heap/compareWithDevtools';
import { drawHeap } from '../../support/graphText';
import { randomDrawing } from '../../support/heap/randomHeap';
import { provideNode } from '../../support/heap/nodeVersions';
import { takeZooSnapshots, zooMethods, type ZooMethod } from '../../support/heap/zooSnapshots';
import { projectRoot } from '../../support/projectRoot';
import { inTemporaryFolder } from '../../support/temporaryFolder';
import { serverNodeVersion, snapshotNodeVersions } from '../../support/vscode/pinnedVersions';
import { runCommand } from '../../support/vscode/runCommand';

// The numbers of Chrome DevTools, whose heap snapshot worker loads each of these snapshots too. Both ways
// to load are held to it: chunk by chunk, as leakline/heap does it, and from a file on two threads, as
// the command line and the extension do. All numbers are compared; devtoolsDifferences.test.ts has what
// differs on purpose.

const minutes = 60_000;
const loaderPath = path.join(projectRoot, 'dist', 'loaderWorker.js');

/** Taken while allocations were recorded. */
const recorded: readonly ZooMethod[] = ['inspectorTracked', 'signal'];

interface Loaded {
  readonly streamed: HeapSnapshot;
  readonly fromFile: HeapSnapshot;
  /** False if the file was left to the streaming parser. */
  readonly onTwoThreads: boolean;
  readonly theirs: OracleAnswer;
}

async function loadBoth<K extends string>(files: Record<K, string>): Promise<Record<K, Loaded>> {
  const names = Object.keys(files) as K[];
  const answers = await askDevtools(names.map((name) => files[name]));
  const loaded: Partial<Record<K, Loaded>> = {};
  for (const [index, name] of names.entries()) {
    const streamed = await loadHeapSnapshot(createReadStream(files[name]));
    loaded[name] = { streamed, ...(await loadFile(files[name])), theirs: answers[index] };
  }
  return loaded as Record<K, Loaded>;
}

async function loadFile(file: string): Promise<Pick<Loaded, 'fromFile' | 'onTwoThreads'>> {
  let onTwoThreads = true;
  const fromFile = await loadSnapshotFile(file, {
    loaderPath,
    // Only the streaming parser says how many bytes it has read.
    onProgress: ({ message }) => (onTwoThreads &&= !message.includes('(')),
  });
  return { fromFile, onTwoThreads };
}

function assertAllAgree({ streamed, fromFile, theirs }: Loaded): void {
  assertAgree(streamed, theirs);
  assertAgree(fromFile, theirs);
}

for (const version of snapshotNodeVersions) {
  describe(`A snapshot of Node.js ${version}`, function () {
    this.timeout(5 * minutes);
    let loaded: Record<ZooMethod, Loaded>;

    before(async () => {
      const node = await provideNode(version);
      loaded = await inTemporaryFolder(async (folder) =>
        loadBoth(await takeZooSnapshots(node, folder)),
      );
    });

    for (const method of zooMethods) {
      it(`has DevTools' numbers if taken by ${method}`, () => {
        assertAllAgree(loaded[method]);
        assert.equal(loaded[method].onTwoThreads, !recorded.includes(method));
      });
    }

    it('says where allocations were made if they were recorded', () => {
      for (const method of zooMethods) {
        const { allocationTraces } = loaded[method].fromFile.graph;
        assert.equal(allocationTraces !== undefined, recorded.includes(method), method);
        if (!allocationTraces) continue;
        const { tree } = allocationTraces;
        const zebras = tree.functionOf.findIndex(
          (index, row) =>
            allocationTraces.frame(index).functionName === 'Zebra' && tree.countOf[row] > 0,
        );
        const stack = allocationTraces.stackAt(zebras);
        assert.match(stack[0].scriptName, /heapZoo\.cjs$/);
        assert.ok(stack[0].position!.line > 1);
        assert.ok(stack.some(({ functionName }) => functionName === 'zoo.breed'));
      }
    });

    it('has what the ways of taking it promise', () => {
      const nodes = (method: ZooMethod) => loaded[method].fromFile.graph.nodeCount;
      assert.ok(nodes('inspectorNumbers') > nodes('inspector') + 100, 'numbers are nodes');
      // What was recorded are a hundred more.
      for (const method of zooMethods) {
        const zebras = summarizeClasses(loaded[method].fromFile).find(
          ({ name }) => name === 'Zebra',
        )?.count;
        assert.equal(zebras, recorded.includes(method) ? 200 : 100, method);
      }
    });
  });
}

describe('A snapshot of Chromium', function () {
  this.timeout(5 * minutes);
  let page: Loaded;

  before(async () => {
    page = await inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'page.heapsnapshot');
      await takeChromiumSnapshot(file);
      return (await loadBoth({ file })).file;
    });
  });

  it("has DevTools' numbers", () => {
    assertAllAgree(page);
    assert.ok(page.onTwoThreads);
  });

  it('tells detached elements from attached ones', () => {
    const count = (name: string) =>
      summarizeClasses(page.fromFile).find((row) => row.name === name)?.count ?? 0;
    assert.equal(count('Detached <article>'), 20);
    assert.equal(count('<article>'), 10);
    assert.equal(count('Detached <li>'), 2);
  });
});

describe('A random heap', function () {
  this.timeout(5 * minutes);
  const seed = 7;
  const numRuns = 300;

  it(`has DevTools' numbers, ${numRuns} times from seed ${seed}`, () =>
    inTemporaryFolder(async (folder) => {
      const drawings = fc.sample(randomDrawing, { seed, numRuns });
      const files = drawings.map((_, index) => path.join(folder, `${index}.heapsnapshot`));
      await Promise.all(files.map((file, i) => writeFile(file, drawHeap(drawings[i]).bytes)));
      const answers = await askDevtools(files);
      for (const [index, drawing] of drawings.entries()) {
        try {
          const streamed = analyzeGraph(drawHeap(drawing).graph);
          assertAgree(streamed, answers[index]);
          // A thread takes longer to start than such a heap to load: some will do.
          if (index % 4 > 0) continue;
          assertAgree((await loadFile(files[index])).fromFile, answers[index]);
        } catch (error) {
          throw new Error(`Heap ${index}:\n${drawing}`, { cause: error });
        }
      }
    }));
});

describe('A snapshot of more than 100 MB', function () {
  this.timeout(5 * minutes);

  it("has DevTools' numbers", () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'large.heapsnapshot');
      const program = path.join(projectRoot, 'test', 'fixtures', 'programs', 'largeHeap.cjs');
      await runCommand(await provideNode(serverNodeVersion), [program, file]);
      const loaded = (await loadBoth({ file })).file;
      const { nodeCount } = loaded.fromFile.graph;
      assert.ok(nodeCount > 1_000_000, String(nodeCount));
      assertAllAgree(loaded);
      assert.ok(loaded.onTwoThreads);
    }));
});

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { summarizeClasses } from '../../../src/heap/classSummary';
import { UNREACHABLE } from '../../../src/heap/distances';
import { loadHeapSnapshot, type HeapSnapshot } from '../../../src/heap/heapSnapshot';
import { askDevtools, type OracleAnswer } from '../../support/devtools/devtoolsOracle';
import { drawHeap, type SnapshotLayout } from '../../support/graphText';
import { chunksOf } from '../../support/heap/chunks';
import { inTemporaryFolder } from '../../support/temporaryFolder';

// What ARCHITECTURE.md lists under "Where this differs from DevTools", each with what DevTools has.

const load = (text: string) => loadHeapSnapshot(chunksOf(Buffer.from(text), 1 << 16));

async function ask(text: string): Promise<OracleAnswer> {
  return inTemporaryFolder(async (folder) => {
    const file = path.join(folder, 'drawn.heapsnapshot');
    await writeFile(file, text);
    return (await askDevtools([file]))[0];
  });
}

async function both(text: string): Promise<[HeapSnapshot, OracleAnswer]> {
  return [await load(text), await ask(text)];
}

describe('Where Leakline differs from DevTools', function () {
  this.timeout(120_000);
  const draw = (drawing: string, layout?: SnapshotLayout) => drawHeap(drawing, layout).text;

  it('plain objects are one class outside of the summary', async () => {
    const [ours, theirs] = await both(
      draw(`
root
  a:shortcut -> a
  b:shortcut -> b
a 8 "Object"
  id -> x
b 8 "Object"
  id -> x
x 4 "X"
`),
    );
    assert.equal(ours.className(1), 'Object');
    const names = theirs.classes.map(({ name }) => name).sort();
    assert.deepEqual(names, ['X', '{id}']);
    assert.deepEqual(
      names,
      summarizeClasses(ours)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('what nothing reaches is at another distance', async () => {
    const [ours, theirs] = await both(draw('root\n  a:shortcut -> a\na 8\nisland 8'));
    assert.equal(UNREACHABLE, -1);
    assert.equal(ours.distances[2], -1);
    assert.equal(theirs.details?.distances[2], -5);
  });

  it('sizes beyond 32 bits do not wrap', async () => {
    const [ours, theirs] = await both(draw('root\n  a:shortcut -> a\na 5000000000 @4294967297'));
    assert.equal(ours.graph.nodeIdOf[1], 4294967297);
    assert.equal(ours.selfSizes[1], 5000000000);
    assert.equal(theirs.details?.ids[1], 1);
    assert.equal(theirs.selfSizes[1], 5000000000 - 2 ** 32);
  });

  it('a file that contradicts itself is refused', async () => {
    // The edges of a node are more than there are.
    const text = draw('root\n  a:shortcut -> a\na 8').replace('"edge_count":1,', '"edge_count":2,');
    await assert.rejects(load(text), { code: 'notASnapshot' });
    assert.equal((await ask(text)).nodeCount, 2);
  });

  it('a location with a negative number is dropped', async () => {
    const text = draw('root\n  a:shortcut -> a\na 8 (7:10:2)').replace(',7,10,2', ',7,-10,2');
    const [ours, theirs] = await both(text);
    assert.equal(ours.graph.location(1), undefined);
    assert.deepEqual(theirs.details?.locations[1], {
      scriptId: 7,
      lineNumber: 10,
      columnNumber: 2,
    });
  });

  it('two classes that DevTools makes alike are both kept', async () => {
    // A closure is of the class "Function", and so is an object of that name.
    const [ours, theirs] = await both(
      draw('root\n  a:shortcut -> a\n  b:shortcut -> b\na :closure 4 "x"\nb 8 "Function"'),
    );
    assert.equal(summarizeClasses(ours).length, 2);
    assert.equal(theirs.details?.classKeys.length, 1);
  });

  it('the times of a recording are skipped', async () => {
    const text = draw('root\n  a:shortcut -> a\na 8').replace(
      '"samples":[]',
      '"samples":[1,3,2,5]',
    );
    assert.equal((await load(text)).graph.nodeCount, 2);
  });
});

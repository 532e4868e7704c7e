import assert from 'node:assert/strict';
import { summarizeClasses } from '../../../src/heap/classSummary';
import { computeDetachedness } from '../../../src/heap/detachedness';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { drawHeap } from '../../support/graphText';

const DRAWING = `
root
  [1] -> documents
  known:shortcut -> script
documents :synthetic "(Document DOM trees)"
  [1] -> main
main :native "<main id=app>" attached
  first -> both
  known -> alone
  js -> script
both :native "<p>"
alone :native "<b class=x>" detached
  first -> below
  shared -> both
  {1} -> hidden
  weak:weak -> weakly
below :native "<i>"
  deeper:internal -> deeper
  js -> script
deeper :native "InternalNode"
hidden :native "<u>"
weakly :native "<s>"
script "Script" detached
  element -> behindScript
behindScript :native "<em>"
`;

describe('computeDetachedness', () => {
  it('spreads what is known over natives, attached first, and over nothing else', () => {
    const { graph, labels } = drawHeap(DRAWING);
    const states = computeDetachedness(graph);
    const inState = (state: number) =>
      labels([...states.keys()].filter((node) => states[node] === state));
    assert.deepEqual(inState(1), ['main', 'both']);
    assert.deepEqual(inState(2), ['alone', 'below', 'deeper', 'script']);
  });

  it('puts "Detached" before the class names of natives only', () => {
    const { graph, node } = drawHeap(DRAWING);
    const snapshot = analyzeGraph(graph);
    const nameOf = (label: string) => snapshot.className(node(label));
    assert.deepEqual(['main', 'both', 'alone', 'below', 'deeper', 'hidden', 'script'].map(nameOf), [
      '<main>',
      '<p>',
      'Detached <b>',
      'Detached <i>',
      'Detached InternalNode',
      '<u>',
      'Script',
    ]);
    assert.equal(snapshot.detachednessOf[node('below')], 2);
  });

  it('keeps attached and detached elements of the same name apart', () => {
    const { graph, node } = drawHeap(`
root
  [1] -> a
  [2] -> b
a :native "<p>" 8 attached
b :native "<p>" 16 detached
`);
    const snapshot = analyzeGraph(graph);
    for (let twice = 0; twice < 2; twice++) {
      assert.equal(snapshot.className(node('a')), '<p>');
      assert.equal(snapshot.className(node('b')), 'Detached <p>');
    }
    const summary = summarizeClasses(snapshot).map(({ name, count }) => `${count} ${name}`);
    assert.deepEqual(summary, ['1 Detached <p>', '1 <p>']);
  });
});

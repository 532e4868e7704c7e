import assert from 'node:assert/strict';
import { elementsFirst } from '../../../src/leaks/listExamples';
import { buildPathTree } from '../../../src/leaks/pathTree';
import { drawHeap } from '../../support/graphText';

/** The labels of examples in the new order. */
function ordered(drawing: string, ...examples: string[]): string[] {
  const { graph, node, labels } = drawHeap(drawing);
  return labels(elementsFirst(graph, buildPathTree(graph), examples.map(node)));
}

describe('elementsFirst', () => {
  it('puts an element before what is renewed around the list', () => {
    const drawing = `
root
  1:shortcut -> events
events "Object"
  job -> listener
listener :closure
  current -> a
a "Object"
  parent -> b
b "Object"
  parent -> c
c "Object"
`;
    assert.deepEqual(ordered(drawing, 'events', 'a', 'b', 'c'), ['b', 'events', 'a', 'c']);
  });

  it('leaves a list that begins with an element as it is', () => {
    const drawing = `
root
  1:shortcut -> a
a "Object"
  next -> b
b "Object"
`;
    assert.deepEqual(ordered(drawing, 'a', 'b'), ['a', 'b']);
  });

  it('takes no nameless symbol for the link of a list', () => {
    const drawing = `
root
  1:shortcut -> a
a "Promise"
  b -> b
b "Promise"
  <symbol> -> c
c "Promise"
`;
    assert.deepEqual(ordered(drawing, 'a', 'c'), ['a', 'c']);
  });
});

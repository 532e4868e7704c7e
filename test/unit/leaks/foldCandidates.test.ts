import assert from 'node:assert/strict';
import type { Candidate } from '../../../src/leaks/candidates';
import { foldCandidates } from '../../../src/leaks/foldCandidates';
import { NodeKinds } from '../../../src/leaks/nodeKinds';
import { buildPathTree } from '../../../src/leaks/pathTree';
import { drawHeap } from '../../support/graphText';

const { graph, node, labels } = drawHeap(`
root
  global:shortcut -> methods
  [1] -> views
methods "Methods"
  get -> get
  put -> put
  other -> other
get :closure "wrapped" (7:10:2)
put :closure "wrapped" (7:10:2)
other :closure "wrapped" (7:20:2)
views "Array"
  elements:internal -> elements
  title -> title
elements :array
  [0] -> view
view "View"
  clicks -> clicks
clicks "Array"
  [0] -> click
click "Click"
title "Title"
  words -> words
words "Array"
  [0] -> word
word "Word"
`);

function candidate(owner: string, example: string, more: Partial<Candidate> = {}): Candidate {
  return {
    owner: node(owner),
    place: 'entry',
    examples: [node(example)],
    containers: 1,
    countPerRound: 10,
    bytesPerRound: 1000,
    growth: { counts: [], bytes: [] },
    confidence: 0.9,
    evidence: ['as seen'],
    ...more,
  };
}

function fold(...candidates: Candidate[]) {
  const folded = foldCandidates(graph, buildPathTree(graph), new NodeKinds(graph), candidates);
  return folded.map(({ examples, evidence }) => [labels(examples)[0], ...evidence.slice(1)]);
}

describe('foldCandidates', () => {
  const views = candidate('views', 'view');

  it('folds what grows in objects like those that pile up', () => {
    assert.deepEqual(fold(views, candidate('clicks', 'click')), [
      ['view', 'What is kept goes on growing itself.'],
    ]);
  });

  it('keeps what keeps more than they do, or hangs on something else of the container', () => {
    const larger = candidate('clicks', 'click', { bytesPerRound: 2000 });
    assert.deepEqual(fold(views, larger), [['view'], ['click']]);
    assert.deepEqual(fold(views, candidate('words', 'word')), [['view'], ['word']]);
  });

  it('folds the same function in several fields of one object', () => {
    const field = (name: string) => candidate('methods', name, { place: 'field' });
    assert.deepEqual(fold(field('get'), field('put'), field('other')), [
      ['get', '1 more field of the same object grows alike.'],
      ['other'],
    ]);
  });
});

import assert from 'node:assert/strict';
import { judgeGrowth } from '../../../src/leaks/growth';

const judge = (...counts: number[]) => judgeGrowth(Float64Array.of(0, ...counts));
const confidence = (...counts: number[]) => judge(...counts).confidence;

describe('judgeGrowth', () => {
  it('is sure of the same number in every round', () => {
    const growth = { perRound: 100, steadiness: 1, confidence: 0.95, inDoubt: false };
    assert.deepEqual(judge(100, 100, 100), growth);
  });

  it('is the less sure the less steady the growth is', () => {
    const { perRound, steadiness } = judge(100, 80, 90);
    assert.deepEqual([perRound, steadiness], [90, 0.8]);
    assert.ok(confidence(100, 100, 100) > confidence(100, 80, 90));
    assert.ok(confidence(100, 80, 90) > confidence(100, 50, 60));
    assert.ok(confidence(100, 50, 60) > 0);
  });

  it('does not believe in a cache that fills', () => {
    assert.equal(confidence(100, 40, 10), 0);
    assert.equal(confidence(100, 49, 100), 0);
  });

  it('believes less in what fades', () => {
    assert.ok(confidence(100, 80, 60) < confidence(80, 100, 60) - 0.2);
    assert.equal(confidence(100, 95, 90), confidence(95, 100, 90));
  });

  it('does not believe in what only one round left, be it the first or the last', () => {
    assert.equal(confidence(100, 0, 0), 0);
    assert.equal(confidence(0, 0, 100), 0);
    assert.equal(confidence(0, 0, 0), 0);
  });

  it('is never sure after one round, and reserved after two', () => {
    assert.equal(confidence(100), 0.4);
    assert.equal(confidence(100, 100), 0.75);
  });

  it('distrusts fewer than five a round', () => {
    assert.equal(confidence(5, 5, 5), 0.95);
    // 0.95 - 0.35
    assert.ok(Math.abs(confidence(4, 4, 4) - 0.6) < 1e-9);
    // Steadiness 0.5 makes 0.45; the rest is for chance.
    assert.ok(Math.abs(confidence(4, 2, 2) - 0.1) < 1e-9);
  });

  it('takes the first of four rounds, and two of six, for warm-up if that makes it steady', () => {
    assert.equal(confidence(900, 100, 100), 0);
    assert.equal(confidence(900, 100, 100, 100), 0.95);
    assert.equal(confidence(900, 300, 100, 100, 100, 100), 0.95);
    assert.equal(confidence(900, 300, 100, 30, 10, 3), 0);
  });

  it('bears more unsteadiness in more rounds', () => {
    assert.equal(confidence(100, 45, 100), 0);
    assert.ok(confidence(100, 100, 45, 100) > 0);
    assert.ok(confidence(100, 100, 35, 100, 100) > 0);
  });

  it('is in doubt about what goes on unsteadily, not about what ended', () => {
    assert.equal(judge(900, 200, 200).inDoubt, true);
    assert.equal(judge(100, 60, 80).inDoubt, true);
    assert.equal(judge(100, 100, 100).inDoubt, false);
    assert.equal(judge(100, 20, 4).inDoubt, false);
    assert.equal(judge(100, 0, 100).inDoubt, false);
  });

  it('is not moved by a first round that warms up', () => {
    assert.equal(judge(1000, 100, 100, 100, 100, 100).perRound, 100);
  });
});

import assert from 'node:assert/strict';
import { TrackedPlaces, type MovedPlace } from '../../../../src/extension/results/trackedPlaces';
import { openResult, SHOP_TEXT } from './openResult';

const { report, root, files } = openResult();
const file = '/shop/src/cart/cartHistory.ts';
const adds = { file, line: 41, column: 5 };
const declares = { file, line: 8, column: 7 };

const track = (moved: readonly MovedPlace[] = []) => new TrackedPlaces(root, report, files, moved);
const above = (line: number) => {
  const start = { line: line - 2, character: 0 };
  return [{ range: { start, end: start }, text: 'new\n' }];
};

describe('TrackedPlaces', () => {
  it('follow the edits of their file', () => {
    const places = track();
    assert.equal(places.edit(file, above(20), 'edited'), true);
    assert.deepEqual([places.now(adds).line, places.now(declares).line], [42, 8]);
    assert.deepEqual(places.moved, [{ was: adds, is: { ...adds, line: 42 } }]);
  });

  it('leave alone what the report does not name', () => {
    const places = track();
    const other = { ...adds, file: '/shop/other.ts' };
    assert.equal(places.edit(other.file, above(2), 'edited'), false);
    assert.deepEqual(places.now(other), other);
    assert.equal(places.isStale(other.file), false);
  });

  it('tell whether a file is still what it was', () => {
    const places = track();
    assert.equal(places.check(file, SHOP_TEXT), false);
    assert.equal(places.isStale(file), false);
    assert.equal(places.check(file, 'edited'), true);
    assert.equal(places.isStale(file), true);
    assert.equal(places.check(file, undefined), false);
    assert.equal(places.isStale(file), true);
  });

  it('are where they were once an edit is undone, even one that cut them out', () => {
    const places = track();
    const cut = { start: { line: 30, character: 0 }, end: { line: 60, character: 0 } };
    places.edit(file, [{ range: cut, text: '' }], 'cut');
    assert.equal(places.now(adds).line, 31);
    const start = { line: 30, character: 0 };
    const undo = [{ range: { start, end: start }, text: '\n'.repeat(30) }];
    assert.equal(places.edit(file, undo, SHOP_TEXT), true);
    assert.deepEqual(places.now(adds), adds);
    assert.equal(places.isStale(file), false);
  });

  it('say nothing where an edit behind them changes nothing about them', () => {
    const places = track();
    places.check(file, 'edited');
    assert.equal(places.edit(file, above(100), 'edited again'), false);
  });

  it('are stale from the start where the file was not what ran', () => {
    const differing = files.map((reported) => ({ ...reported, differed: true }));
    const places = new TrackedPlaces(root, report, differing);
    places.check(file, SHOP_TEXT);
    assert.equal(places.isStale(file), true);
  });

  describe('in a file that somebody else has changed', () => {
    const [{ text }] = report.findings[0].sites;
    const lines = (...all: string[]) => all.join('\n');

    it('are found again where just one line reads the same', () => {
      const places = track();
      assert.equal(places.check(file, lines('', '', `    ${text}`)), true);
      assert.deepEqual(places.now(adds), { ...adds, line: 3 });
      assert.deepEqual(places.now(declares), declares);
    });

    it('stay where they are if none does, or several do', () => {
      const places = track();
      places.check(file, lines('another', text, text));
      assert.deepEqual(places.now(adds), adds);
    });

    it('stay where they are while the line there reads as before', () => {
      const places = track();
      places.check(file, lines(...Array<string>(40).fill(''), text, 'more'));
      assert.deepEqual(places.now(adds), adds);
    });
  });

  it('go on from where an earlier session left them', () => {
    const places = track([{ was: adds, is: { ...adds, line: 50 } }]);
    places.edit(file, above(45), 'edited');
    assert.equal(places.now(adds).line, 51);
  });
});

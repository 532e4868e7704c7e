import assert from 'node:assert/strict';
import {
  movePosition,
  type TextChange,
  type TextPosition,
} from '../../../../src/extension/results/movePosition';

const at = (line: number, character: number): TextPosition => ({ line, character });

function change(from: TextPosition, to: TextPosition, text: string): TextChange {
  return { range: { start: from, end: to }, text };
}

function moved(position: TextPosition, ...changes: TextChange[]): [number, number] {
  const { line, character } = movePosition(position, changes);
  return [line, character];
}

describe('movePosition', () => {
  const place = at(5, 4);

  it('stays where the text behind it changes', () => {
    assert.deepEqual(moved(place, change(at(5, 5), at(9, 0), 'x\ny')), [5, 4]);
  });

  it('goes down with lines that are put in before it, and up with lines that go', () => {
    assert.deepEqual(moved(place, change(at(2, 0), at(2, 0), 'a\r\nb\n')), [7, 4]);
    assert.deepEqual(moved(place, change(at(1, 3), at(4, 0), '')), [2, 4]);
  });

  it('goes along its line', () => {
    assert.deepEqual(moved(place, change(at(5, 0), at(5, 2), 'abcd')), [5, 6]);
    assert.deepEqual(moved(place, change(at(5, 2), at(5, 2), 'a\nbc')), [6, 4]);
    assert.deepEqual(moved(place, change(at(3, 7), at(5, 1), '')), [3, 10]);
  });

  it('goes along with the text before which something is put in', () => {
    assert.deepEqual(moved(place, change(place, place, 'if (x) ')), [5, 11]);
    assert.deepEqual(moved(place, change(at(4, 9), at(4, 9), '\n')), [6, 4]);
  });

  it('stays on its line as far as a new text reaches that replaced its own', () => {
    assert.deepEqual(moved(place, change(at(0, 0), at(20, 0), 'a\n'.repeat(30))), [5, 4]);
    assert.deepEqual(moved(place, change(at(3, 0), at(20, 0), 'a\n')), [4, 4]);
    assert.deepEqual(moved(place, change(at(5, 0), at(6, 0), '')), [5, 4]);
  });

  it('follows one change after another', () => {
    const down = change(at(0, 0), at(0, 0), '\n');
    assert.deepEqual(moved(place, down, down, change(at(7, 0), at(7, 1), '')), [7, 3]);
  });
});

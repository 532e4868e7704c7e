import { drawHeap, type DrawnHeap } from './graphText';

/**
 * Draws one heap as it is at each snapshot of an investigation, `rounds` + 1 in all. The drawing is
 * that of `drawHeap`; a label may end with when its object lives: `session+2` from snapshot 2 on,
 * `draft-3` before snapshot 3, `draft+1-3` at snapshots 1 and 2. An object keeps its id.
 */
export function drawRounds(drawing: string, rounds: number): DrawnHeap[] {
  const ids = new Map<string, number>();
  const lines = drawing.split('\n').filter((line) => line.trim());
  for (const line of lines) if (isNode(line)) ids.set(labelOf(line), 2 * ids.size + 1);
  return Array.from({ length: rounds + 1 }, (_, snapshot) => {
    const drawn: string[] = [];
    let sourceLives = false;
    for (const line of lines) {
      const lives = livesAt(labelOf(line), snapshot);
      if (isNode(line)) sourceLives = lives;
      if (!lives || !sourceLives) continue;
      drawn.push(isNode(line) ? `${line} @${ids.get(labelOf(line))}` : line);
    }
    return drawHeap(drawn.join('\n'));
  });
}

/** The round in which the object with this label is born; 0 if the baseline has it. */
export function bornIn(label: string): number {
  return Number(/\+(\d+)/.exec(label)?.[1] ?? 0);
}

/** Parts of a drawing that differ in a number only, counted from 0. */
export function repeat(count: number, part: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => part(i)).join('');
}

function livesAt(label: string, snapshot: number): boolean {
  const gone = /-(\d+)$/.exec(label);
  return bornIn(label) <= snapshot && (!gone || snapshot < Number(gone[1]));
}

function isNode(line: string): boolean {
  return /^\S/.test(line);
}

/** The label of a node, or that of the target of an edge. */
function labelOf(line: string): string {
  return isNode(line) ? /^\S+/.exec(line)![0] : /\S+$/.exec(line.trimEnd())![0];
}

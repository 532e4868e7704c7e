/**
 * Rearranges numbers so that the places from `from` up to, without, `to` hold what they would hold
 * if all were sorted; the others hold the rest in some order. Takes linear time on average, so a
 * page of a long list costs one look at each entry (C. A. R. Hoare, "Algorithm 65: FIND", CACM
 * 4(7), 1961).
 *
 * @param compare a total order: never 0 for two entries, or the time may become quadratic
 */
export function sortRange(
  items: Uint32Array,
  from: number,
  to: number,
  compare: (a: number, b: number) => number,
): void {
  const start = Math.min(Math.max(from, 0), items.length);
  const end = Math.min(Math.max(to, start), items.length);
  if (start === end) return;
  select(items, 0, start, compare);
  select(items, start, end - 1, compare);
  items.subarray(start, end).sort(compare);
}

/** Brings the entry of rank `rank` to its place, all lesser ones that are not before `low` left of it. */
function select(
  items: Uint32Array,
  low: number,
  rank: number,
  compare: (a: number, b: number) => number,
): void {
  let left = low;
  let right = items.length - 1;
  while (left < right) {
    const pivot = items[left + Math.floor(Math.random() * (right - left + 1))];
    let i = left;
    let j = right;
    while (i <= j) {
      while (compare(items[i], pivot) < 0) i++;
      while (compare(items[j], pivot) > 0) j--;
      if (i > j) break;
      const item = items[i];
      items[i++] = items[j];
      items[j--] = item;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else return;
  }
}

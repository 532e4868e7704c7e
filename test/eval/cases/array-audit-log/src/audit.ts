export interface Entry {
  readonly who: string;
  readonly what: string;
  readonly at: number;
}

const entries: Entry[] = [];

export function record(who: string, what: string): void {
  entries.push({ who, what, at: entries.length });
}

export function latest(count: number): readonly Entry[] {
  return entries.slice(-count);
}

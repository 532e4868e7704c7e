import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { cleanLine } from './cleanLine';

const MOST_LINES = 5;

/** The last lines of a tool's output, safe to print. */
export class ToolOutput {
  private readonly kept: string[] = [];

  /** @param onLine gets each line, as it is kept */
  constructor(private readonly onLine: (line: string) => void = () => {}) {}

  get lastLines(): readonly string[] {
    return this.kept;
  }

  read(stream: Readable): void {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => this.add(line));
  }

  add(line: string): void {
    const text = cleanLine(line);
    if (text === '') return;
    this.kept.splice(0, this.kept.push(text) - MOST_LINES);
    this.onLine(text);
  }
}

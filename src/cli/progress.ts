import type { Progress } from '../base/progress';
import { plainText } from '../report/plainText';

/** The part of a stream that progress is written to. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const ERASE_LINE = '\r\u001b[K';
const DEFAULT_COLUMNS = 80;

/**
 * Progress for a person (one line that is rewritten) or for a log (one line a step; a step is named
 * by what stands before the colon). Everything else that goes to the same stream must go through
 * `print`, or it would end up in the middle of that line.
 */
export class ProgressLine {
  private shown = '';

  constructor(private readonly stream: ProgressStream) {}

  readonly show = (progress: Progress): void => {
    if (this.stream.isTTY) this.rewrite(progress);
    else this.log(progress.message);
  };

  /** Writes a line of other output; the progress line comes back with the next step. */
  print(line: string): void {
    this.clear();
    this.stream.write(`${line}\n`);
  }

  /** Removes the line, if there is one. */
  clear(): void {
    if (!this.stream.isTTY || this.shown === '') return;
    this.stream.write(ERASE_LINE);
    this.shown = '';
  }

  private rewrite({ message, fraction }: Progress): void {
    const percent = fraction === undefined ? '' : ` ${Math.floor(fraction * 100)}%`;
    const columns = this.stream.columns ?? DEFAULT_COLUMNS;
    const line = plainText(message, columns - percent.length - 1) + percent;
    if (line === this.shown) return;
    this.shown = line;
    this.stream.write(ERASE_LINE + line);
  }

  private log(message: string): void {
    const [step = ''] = message.split(/: | \(/);
    if (step === this.shown) return;
    this.shown = step;
    this.stream.write(`${plainText(message.replace(/ \([^()]*\)$/, ''))}\n`);
  }
}

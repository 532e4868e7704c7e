import path from 'node:path';
import { usage } from './optionValues';
import { parseOptions } from './parseOptions';

export interface RedactOptions {
  /** Absolute path of the snapshot to read. */
  readonly snapshot: string;
  /** Absolute path of the file to make. */
  readonly output: string;
}

/**
 * Reads the arguments of `leakline redact`; undefined if help is asked for.
 * @throws LeaklineError `usage`
 */
export function parseRedact(args: readonly string[], cwd: string): RedactOptions | undefined {
  const { positionals, help } = parseOptions(args, [], 'leakline redact');
  if (help) return undefined;
  const [snapshot, output, ...others] = positionals;
  if (snapshot === undefined || output === undefined || others.length > 0) {
    const hint = 'As in: leakline redact server.heapsnapshot shared.heapsnapshot';
    throw usage('redact needs a snapshot file and a file to write.', hint);
  }
  return { snapshot: path.resolve(cwd, snapshot), output: path.resolve(cwd, output) };
}

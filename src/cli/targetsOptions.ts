import path from 'node:path';
import { choice } from './optionValues';
import { parseOptions } from './parseOptions';
import { noArguments } from './targetOptions';

const FORMATS = ['text', 'json'] as const;

export interface TargetsOptions {
  readonly format: (typeof FORMATS)[number];
  /** Absolute path of the file to write to, instead of standard output. */
  readonly output?: string;
}

/**
 * Reads the arguments of `leakline targets`; undefined if help is asked for.
 * @throws LeaklineError `usage`
 */
export function parseTargets(args: readonly string[], cwd: string): TargetsOptions | undefined {
  const parsed = parseOptions(args, ['format', 'output'], 'leakline targets');
  const { values, positionals, help } = parsed;
  if (help) return undefined;
  noArguments(positionals, 'targets');
  return {
    format: choice('--format', values.format ?? 'text', FORMATS),
    ...(values.output && { output: path.resolve(cwd, values.output) }),
  };
}

import path from 'node:path';
import type { SamplingPlan } from '../investigation/watchAllocations';
import { parsePathPair, type PathPair } from '../source/pathPair';
import { choice, seconds, wholeNumber } from './optionValues';
import { parseOptions } from './parseOptions';
import {
  noArguments,
  readTargetChoice,
  splitLaunch,
  TARGET_FLAGS,
  TARGET_OPTIONS,
  type TargetChoice,
} from './targetOptions';

const FORMATS = ['text', 'json'] as const;
export type SampleFormat = (typeof FORMATS)[number];

export interface SampleOptions {
  readonly target: TargetChoice;
  readonly plan: SamplingPlan;
  /** Absolute; files in the report are relative to it. */
  readonly root: string;
  /** Which folders of the target are which here. */
  readonly pairs?: readonly PathPair[];
  readonly format: SampleFormat;
  /** Absolute path of the file to write to, instead of standard output. */
  readonly output?: string;
}

const OPTIONS = [
  ...TARGET_OPTIONS,
  'seconds',
  'rounds',
  'every',
  'root',
  'map',
  'format',
  'output',
] as const;
const DEFAULT_SECONDS = '60';
const DEFAULT_ROUNDS = '12';
/** With fewer no trend is left once the first third does not count. */
const LEAST_ROUNDS = 8;
const MOST_ROUNDS = 1_000;
const MOST_KILOBYTES = 1_024;

/**
 * Reads the arguments of `leakline sample`; undefined if help is asked for.
 * @throws LeaklineError `usage`
 */
export function parseSample(args: readonly string[], cwd: string): SampleOptions | undefined {
  const { own, launch } = splitLaunch(args);
  const parsed = parseOptions(own, OPTIONS, 'leakline sample', TARGET_FLAGS);
  const { values, all, flags, positionals, help } = parsed;
  if (help) return undefined;
  noArguments(positionals, 'sample');
  const rounds = values.rounds ?? DEFAULT_ROUNDS;
  return {
    target: readTargetChoice(values, launch, 'sample', flags),
    plan: {
      seconds: seconds('--seconds', values.seconds ?? DEFAULT_SECONDS),
      rounds: wholeNumber('--rounds', rounds, LEAST_ROUNDS, MOST_ROUNDS),
      intervalBytes: 1024 * wholeNumber('--every', values.every ?? '32', 1, MOST_KILOBYTES),
    },
    root: path.resolve(cwd, values.root ?? '.'),
    ...(all.map && { pairs: all.map.map((pair) => parsePathPair(pair, cwd)) }),
    format: choice('--format', values.format ?? 'text', FORMATS),
    ...(values.output && { output: path.resolve(cwd, values.output) }),
  };
}

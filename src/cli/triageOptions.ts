import path from 'node:path';
import type { WatchPlan } from '../investigation/watchMemory';
import { choice, seconds, usage } from './optionValues';
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
export type TriageFormat = (typeof FORMATS)[number];

export interface TriageOptions {
  readonly target: TargetChoice;
  readonly plan: WatchPlan;
  readonly format: TriageFormat;
  /** Absolute path of the file to write to, instead of standard output. */
  readonly output?: string;
}

const OPTIONS = [...TARGET_OPTIONS, 'seconds', 'interval', 'format', 'output'] as const;
const DEFAULT_SECONDS = '60';
const LEAST_INTERVAL = 0.05;

/**
 * Reads the arguments of `leakline triage`; undefined if help is asked for.
 * @throws LeaklineError `usage`
 */
export function parseTriage(args: readonly string[], cwd: string): TriageOptions | undefined {
  const { own, launch } = splitLaunch(args);
  const parsed = parseOptions(own, OPTIONS, 'leakline triage', [...TARGET_FLAGS, 'collect']);
  const { values, flags, positionals, help } = parsed;
  if (help) return undefined;
  noArguments(positionals, 'triage');
  const collect = flags.has('collect');
  const intervalSeconds = seconds('--interval', values.interval ?? (collect ? '5' : '1'));
  if (intervalSeconds < LEAST_INTERVAL) {
    throw usage(`--interval must be at least ${LEAST_INTERVAL} seconds.`);
  }
  return {
    target: readTargetChoice(values, launch, 'triage', flags),
    plan: {
      seconds: seconds('--seconds', values.seconds ?? DEFAULT_SECONDS),
      intervalSeconds,
      collect,
    },
    format: choice('--format', values.format ?? 'text', FORMATS),
    ...(values.output && { output: path.resolve(cwd, values.output) }),
  };
}

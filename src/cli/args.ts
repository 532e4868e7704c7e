import path from 'node:path';
import type { LeaklineError } from '../base/errors';
import type { Consent } from '../investigation/snapshotConsent';
import type { InvestigationPlan } from '../investigation/investigation';
import { parsePathPair, type PathPair } from '../source/pathPair';
import { choice, seconds, usage, wholeNumber } from './optionValues';
import { closestName, parseOptions } from './parseOptions';
import { parseRedact, type RedactOptions } from './redactOptions';
import { parseSample, type SampleOptions } from './sampleOptions';
import {
  noArguments,
  readTargetChoice,
  splitLaunch,
  TARGET_FLAGS,
  TARGET_OPTIONS,
  type TargetChoice,
} from './targetOptions';
import { parseTargets, type TargetsOptions } from './targetsOptions';
import { parseTriage, type TriageOptions } from './triageOptions';

/** What a command line asks for. */
export type CommandLine =
  | { readonly command: 'find'; readonly options: FindOptions }
  | { readonly command: 'diff'; readonly options: DiffOptions }
  | { readonly command: 'summary'; readonly options: SummaryOptions }
  | { readonly command: 'triage'; readonly options: TriageOptions }
  | { readonly command: 'sample'; readonly options: SampleOptions }
  | { readonly command: 'targets'; readonly options: TargetsOptions }
  | { readonly command: 'redact'; readonly options: RedactOptions }
  | { readonly command: 'help'; readonly topic: HelpTopic }
  | { readonly command: 'version' };

export type HelpTopic =
  'general' | 'find' | 'diff' | 'summary' | 'triage' | 'sample' | 'targets' | 'redact';

export interface ReportOptions {
  /** Absolute; files in the report are relative to it. */
  readonly root: string;
  readonly format: ReportFormat;
  /** Absolute path of the file to write the report to, instead of standard output. */
  readonly output?: string;
  /** Which folders of the target are which here. */
  readonly pairs?: readonly PathPair[];
  /** Shows keys and event names of the program, which may be data of its users. */
  readonly values: boolean;
}

const FORMATS = ['text', 'json', 'markdown', 'sarif', 'github', 'gitlab', 'junit'] as const;
export type ReportFormat = (typeof FORMATS)[number];

export interface FindOptions extends ReportOptions {
  readonly target: TargetChoice;
  readonly exercise: Exercise;
  readonly consent: Consent;
  readonly plan: InvestigationPlan;
  /** Absolute path of a folder that is to keep the snapshots; without it they are removed. */
  readonly keepSnapshots?: string;
}

/** What makes the target do the suspected work once. */
export type Exercise =
  | { readonly kind: 'drive'; readonly command: string }
  | { readonly kind: 'wait'; readonly seconds: number };

export interface DiffOptions extends ReportOptions {
  /** Absolute paths of at least two snapshots, oldest first. */
  readonly snapshots: readonly string[];
}

const SUMMARY_FORMATS = ['text', 'json'] as const;

export interface SummaryOptions {
  /** Absolute path of a snapshot. */
  readonly snapshot: string;
  /** How many classes to show at most; all without it. */
  readonly top?: number;
  readonly format: (typeof SUMMARY_FORMATS)[number];
  /** Whether to tell how long each pass took. */
  readonly timings: boolean;
  /** Absolute path of the file to write to, instead of standard output. */
  readonly output?: string;
}

const REPORT_OPTIONS = ['root', 'map', 'format', 'output'] as const;
const FIND_OPTIONS = [
  ...TARGET_OPTIONS,
  'drive',
  'wait',
  'warmup',
  'rounds',
  'extra-rounds',
  'settle',
  'keep-snapshots',
  ...REPORT_OPTIONS,
] as const;

const FIND_FLAGS = [...TARGET_FLAGS, 'track-allocations', 'values', 'yes', 'force'] as const;

type Values<Name extends string> = Partial<Record<Name, string>>;
type FindValues = Values<(typeof FIND_OPTIONS)[number]>;

const DEFAULT_WAIT_SECONDS = 10;
/** Programs read all classes, people those that matter. */
const DEFAULT_TOP_AS_TEXT = '20';
const MAX_TOP = 1_000_000_000;
const MAX_REPEATS = 1_000;

/**
 * Reads a command line without the node and script paths.
 * @param cwd Absolute; what relative paths are relative to.
 * @throws LeaklineError `usage`, saying what is wrong and what would be right.
 */
export function parseCommandLine(argv: readonly string[], cwd: string): CommandLine {
  const [command, ...rest] = argv;
  switch (command) {
    case 'find':
      return parseFind(rest, cwd);
    case 'diff':
      return parseDiff(rest, cwd);
    case 'summary':
      return parseSummary(rest, cwd);
    case 'triage': {
      const options = parseTriage(rest, cwd);
      return options ? { command, options } : { command: 'help', topic: command };
    }
    case 'sample': {
      const options = parseSample(rest, cwd);
      return options ? { command, options } : { command: 'help', topic: command };
    }
    case 'targets': {
      const options = parseTargets(rest, cwd);
      return options ? { command, options } : { command: 'help', topic: command };
    }
    case 'redact': {
      const options = parseRedact(rest, cwd);
      return options ? { command, options } : { command: 'help', topic: command };
    }
    case '--help':
    case '-h':
      return { command: 'help', topic: 'general' };
    case '--version':
      return { command: 'version' };
    case undefined:
      throw usage('A command is missing.', 'leakline --help lists the commands.');
    default:
      throw unknownCommand(command);
  }
}

function parseFind(args: readonly string[], cwd: string): CommandLine {
  const { own, launch } = splitLaunch(args);
  const parsed = parseOptions(own, FIND_OPTIONS, 'leakline find', FIND_FLAGS);
  const { values, all, flags, positionals, help } = parsed;
  if (help) return { command: 'help', topic: 'find' };
  noArguments(positionals, 'find');
  const options: FindOptions = {
    target: readTargetChoice(values, launch, 'find', flags),
    exercise: exercise(values),
    consent: flags.has('force') ? 'force' : flags.has('yes') ? 'yes' : 'ask',
    plan: {
      warmup: wholeNumber('--warmup', values.warmup ?? '1', 0, MAX_REPEATS),
      rounds: wholeNumber('--rounds', values.rounds ?? '3', 1, MAX_REPEATS),
      extraRounds: wholeNumber('--extra-rounds', values['extra-rounds'] ?? '3', 0, MAX_REPEATS),
      settleSeconds: seconds('--settle', values.settle ?? '0.5'),
      ...(flags.has('track-allocations') && { trackAllocations: true }),
      ...(!flags.has('values') && { hideKeys: true }),
    },
    ...(values['keep-snapshots'] && { keepSnapshots: path.resolve(cwd, values['keep-snapshots']) }),
    ...reportOptions(values, all.map, flags, cwd),
  };
  return { command: 'find', options };
}

function parseDiff(args: readonly string[], cwd: string): CommandLine {
  const parsed = parseOptions(args, REPORT_OPTIONS, 'leakline diff', ['values']);
  const { values, all, flags, positionals, help } = parsed;
  if (help) return { command: 'help', topic: 'diff' };
  if (positionals.length < 2) {
    const hint = 'Name them oldest first, as in: leakline diff A.heapsnapshot B.heapsnapshot';
    throw usage('diff needs at least two snapshot files.', hint);
  }
  const snapshots = positionals.map((file) => path.resolve(cwd, file));
  return { command: 'diff', options: { snapshots, ...reportOptions(values, all.map, flags, cwd) } };
}

function parseSummary(args: readonly string[], cwd: string): CommandLine {
  const names = ['top', 'format', 'output'] as const;
  const parsed = parseOptions(args, names, 'leakline summary', ['timings']);
  if (parsed.help) return { command: 'help', topic: 'summary' };
  const [snapshot, ...others] = parsed.positionals;
  if (snapshot === undefined || others.length > 0) {
    const hint = 'Name it, as in: leakline summary A.heapsnapshot';
    throw usage('summary needs exactly one snapshot file.', hint);
  }
  const format = choice('--format', parsed.values.format ?? 'text', SUMMARY_FORMATS);
  const { top = format === 'text' ? DEFAULT_TOP_AS_TEXT : undefined, output } = parsed.values;
  const options: SummaryOptions = {
    snapshot: path.resolve(cwd, snapshot),
    ...(top !== undefined && { top: wholeNumber('--top', top, 1, MAX_TOP) }),
    format,
    timings: parsed.flags.has('timings'),
    ...(output && { output: path.resolve(cwd, output) }),
  };
  return { command: 'summary', options };
}

function exercise({ drive, wait }: FindValues): Exercise {
  if (drive === undefined) {
    return { kind: 'wait', seconds: seconds('--wait', wait ?? String(DEFAULT_WAIT_SECONDS)) };
  }
  if (wait === undefined) return { kind: 'drive', command: drive };
  throw usage('--drive and --wait exclude each other.', 'A drive command may sleep by itself.');
}

function reportOptions(
  { root = '.', format = 'text', output }: Values<(typeof REPORT_OPTIONS)[number]>,
  map: readonly string[] = [],
  flags: ReadonlySet<string>,
  cwd: string,
): ReportOptions {
  return {
    root: path.resolve(cwd, root),
    ...(map.length > 0 && { pairs: map.map((pair) => parsePathPair(pair, cwd)) }),
    format: choice('--format', format, FORMATS),
    ...(output && { output: path.resolve(cwd, output) }),
    values: flags.has('values'),
  };
}

function unknownCommand(typed: string): LeaklineError {
  const closest = closestName(typed, [
    'find',
    'diff',
    'summary',
    'triage',
    'sample',
    'targets',
    'redact',
    '--help',
    '--version',
  ]);
  return usage(
    `Unknown command ${typed}.`,
    closest ? `Did you mean leakline ${closest}?` : 'leakline --help lists the commands.',
  );
}

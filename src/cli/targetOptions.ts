import { isLoopback } from '../base/loopback';
import { parseAttachAddress, type AttachAddress } from '../inspector/targets';
import { usage, wholeNumber } from './optionValues';
import {
  readRemoteChoice,
  REMOTE_FLAGS,
  REMOTE_OPTIONS,
  REMOTE_PLACES,
  requireNoRemoteDetails,
  type RemoteChoice,
} from './remoteOptions';

/** The process to look into, and which of its isolates. */
export type TargetChoice = ProcessChoice & {
  /** The worker thread as `chooseWorker` takes it; the main thread without it. */
  readonly worker?: string;
};

type ProcessChoice =
  | {
      readonly kind: 'attach';
      readonly address: AttachAddress;
      /** Path of the file that holds the token for a wss:// address. */
      readonly tokenFile?: string;
    }
  | RemoteChoice
  | { readonly kind: 'pid'; readonly pid: number }
  | { readonly kind: 'launch'; readonly command: readonly string[] };

/** The options that say which; each takes a value. */
export const TARGET_OPTIONS = ['attach', 'token-file', 'pid', 'worker', ...REMOTE_OPTIONS] as const;
/** Those that take none. */
export const TARGET_FLAGS = REMOTE_FLAGS;
type TargetOption = (typeof TARGET_OPTIONS)[number];

const MAX_PID = 2 ** 31 - 1;

/**
 * Which process a command is to look into.
 * @param command What follows `--`, if that was given.
 * @param user The command that asks, for the error.
 * @param flags What was given of `TARGET_FLAGS`.
 * @throws LeaklineError `usage`
 */
export function readTargetChoice(
  { worker, ...process }: Partial<Record<TargetOption, string>>,
  command: readonly string[] | undefined,
  user: string,
  flags: ReadonlySet<string> = new Set(),
): TargetChoice {
  return {
    ...processChoice(process, command, user, flags),
    ...(worker !== undefined && { worker }),
  };
}

function processChoice(
  values: Partial<Record<TargetOption, string>>,
  command: readonly string[] | undefined,
  user: string,
  flags: ReadonlySet<string>,
): ProcessChoice {
  const { attach, pid, 'token-file': tokenFile } = values;
  const places = REMOTE_PLACES.map((name) => values[name]);
  if ([attach, pid, command, ...places].filter((choice) => choice !== undefined).length !== 1) {
    throw usage(
      `${user} needs exactly one target.`,
      'Give one of --attach HOST:PORT, --pid PID, --ssh HOST, --kube POD, --docker CONTAINER, or -- and the command that starts the program.',
    );
  }
  if (tokenFile !== undefined && attach === undefined)
    throw usage('--token-file goes with --attach.');
  if (places.some((place) => place !== undefined)) return readRemoteChoice(values, flags);
  requireNoRemoteDetails(values, flags);
  if (attach !== undefined) {
    const address = parseAttachAddress(attach);
    return { kind: 'attach', address, ...(tokenFile !== undefined && { tokenFile }) };
  }
  if (pid !== undefined) return { kind: 'pid', pid: wholeNumber('--pid', pid, 1, MAX_PID) };
  if (!command?.[0]) throw usage('The command after -- is missing.', 'Such as: -- node app.js');
  return { kind: 'launch', command };
}

/** What follows the first `--` is the target's own command line and not looked into. */
export function splitLaunch(args: readonly string[]): {
  readonly own: readonly string[];
  readonly launch: readonly string[] | undefined;
} {
  const separator = args.indexOf('--');
  if (separator < 0) return { own: args, launch: undefined };
  return { own: args.slice(0, separator), launch: args.slice(separator + 1) };
}

/** A command with a target takes no arguments but options. @throws LeaklineError `usage` */
export function noArguments(positionals: readonly string[], user: string): void {
  if (positionals[0] === undefined) return;
  const hint = `Write the program to start after --, as in: leakline ${user} -- node app.js`;
  throw usage(`Unexpected argument ${positionals[0]}.`, hint);
}

/**
 * True for a target on another machine, or behind something that leads to one: nobody here sees what
 * a pause does to it.
 */
export function isRemote(target: TargetChoice): boolean {
  if (target.kind !== 'attach') return target.kind !== 'pid' && target.kind !== 'launch';
  const { address } = target;
  return !isLoopback(address.kind === 'endpoint' ? address.host : new URL(address.url).hostname);
}

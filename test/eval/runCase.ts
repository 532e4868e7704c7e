import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { LeakReport } from '../../src/leaks/leakReport';
import { projectRoot } from '../support/projectRoot';
import { gistOf, type RunningProcess, runToEnd, startProcess } from './childProcess';
import type { EvalCase, Variant } from './evalCase';
import { prepareCase } from './prepareCase';

export interface RunOptions {
  /** Path of the Node.js that runs the case. */
  readonly node: string;
  readonly renameSeed?: number;
  readonly signal: AbortSignal;
}

/** What Leakline said about one variant of a case. */
export interface CaseRun {
  readonly evalCase: EvalCase;
  readonly variant: Variant;
  /** Undefined if the case could not be run. */
  readonly report?: LeakReport;
  /** Why not. */
  readonly error?: string;
  /** Of the investigation alone. */
  readonly seconds: number;
}

const START_LIMIT_MS = 60_000;
const FIND_LIMIT_SECONDS = 600;
/** To remove its snapshots. */
const FIND_GRACE_MS = 10_000;

/**
 * Runs `leakline find` on a variant of a case. What goes wrong with the case is part of the answer.
 * @throws only after an abort, when everything has ended
 */
export async function runCase(
  evalCase: EvalCase,
  variant: Variant,
  options: RunOptions,
): Promise<CaseRun> {
  let folder: string | undefined;
  let seconds = 0;
  try {
    folder = await prepareCase(evalCase, { ...options, variant });
    const program = startProgram(evalCase, folder, variant, options);
    try {
      const target = await endpointsOf(program);
      const started = performance.now();
      const report = await find(evalCase, folder, target, options.signal);
      seconds = (performance.now() - started) / 1000;
      return { evalCase, variant, report, seconds };
    } finally {
      program.end();
      await program.ended;
    }
  } catch (error) {
    options.signal.throwIfAborted();
    return { evalCase, variant, error: (error as Error).message, seconds };
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

function startProgram(
  evalCase: EvalCase,
  folder: string,
  variant: Variant,
  { node, signal }: RunOptions,
): RunningProcess {
  const ownDriver = existsSync(path.join(folder, 'driver.js')) ? 'driver.js' : undefined;
  const twin = variant === 'fixed' ? evalCase.fixed?.entry : undefined;
  const entry = twin ?? evalCase.entry ?? ownDriver ?? path.join(__dirname, 'workDriver.mjs');
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' };
  if (variant === 'fixed') Object.assign(env, evalCase.fixed?.env);
  delete env.NODE_OPTIONS;
  const flags = ['--inspect=127.0.0.1:0', '--expose-gc'];
  const args = [...(evalCase.nodeArgs ?? []), ...flags, entry];
  return startProcess(node, args, { cwd: folder, env, signal });
}

interface Endpoints {
  /** Where it takes work. */
  readonly port: number;
  /** `ws://…` */
  readonly inspector: string;
}

/** Waits until the program has said where it listens. @throws if it ends or takes too long. */
async function endpointsOf(program: RunningProcess): Promise<Endpoints> {
  let limit: NodeJS.Timeout | undefined;
  const said = new Promise<Endpoints>((resolve, reject) => {
    limit = setTimeout(() => reject(new Error('The case did not get ready.')), START_LIMIT_MS);
    program.onOutput = () => {
      const port = /^\{"port":(\d+)\}$/m.exec(program.output.stdout)?.[1];
      const inspector = /ws:\/\/\S+/.exec(program.output.stderr)?.[0];
      if (port && inspector) resolve({ port: Number(port), inspector });
    };
    program.onOutput();
  });
  const ended = program.ended.then((end) => {
    throw new Error(`The case ended with ${end}: ${gistOf(program)}`);
  });
  return Promise.race([said, ended]).finally(() => clearTimeout(limit));
}

async function find(
  { verify }: EvalCase,
  folder: string,
  { port, inspector }: Endpoints,
  signal: AbortSignal,
): Promise<LeakReport> {
  const request = path.join(__dirname, 'requestWork.mjs');
  const drive = `"${process.execPath}" "${request}" "http://127.0.0.1:${port}/work?n=${verify.n}"`;
  const warmup = Math.ceil((verify.warmup ?? verify.n) / verify.n);
  const args = ['find', '--attach', inspector, '--drive', drive, '--root', folder];
  args.push('--format', 'json', '--warmup', String(warmup));
  args.push('--settle', String((verify.settleMs ?? 200) / 1000));
  const json = await runToEnd(
    process.execPath,
    [path.join(projectRoot, 'dist', 'cli.js'), ...args],
    {
      cwd: projectRoot,
      signal,
      limitSeconds: FIND_LIMIT_SECONDS,
      graceMs: FIND_GRACE_MS,
      goodCodes: [0, 1],
    },
  );
  // Exit code 1 is also that of a Node.js whose program cannot start.
  if (!json.trim()) throw new Error('leakline printed no report.');
  return JSON.parse(json) as LeakReport;
}

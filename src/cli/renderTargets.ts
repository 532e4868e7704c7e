import { formatBytes } from '../base/bytes';
import { processTree, type LocalProcess, type ProcessNode } from '../inspector/localProcesses';
import { describeWorker } from '../inspector/workerChoice';
import type { WorkerIsolate } from '../inspector/workers';
import { alignRight } from '../report/alignRight';
import { commandLineText } from '../report/commandLineText';
import { harmlessJson } from '../report/harmlessJson';
import { plainText } from '../report/plainText';

/** What `leakline targets` has found out about a process. */
export interface ListedProcess {
  readonly process: LocalProcess;
  /** Known only where the inspector is open, and the process has answered. */
  readonly workers?: readonly WorkerIsolate[];
}

type WorkersOf = ReadonlyMap<LocalProcess, readonly WorkerIsolate[] | undefined>;

const HEADER = ['PID', 'Parent', 'RSS', 'Inspector', 'Program'];
const NEXT = `Next: leakline triage --attach ADDRESS, with --worker NAME for one of its worker threads.
Where the inspector is off, --pid PID opens it on 127.0.0.1; it stays open.`;

/** Processes as a tree for a person at a terminal; each is followed by its worker threads. */
export function renderTargetsText(listed: readonly ListedProcess[]): string {
  if (listed.length === 0) return 'No Node.js process runs here that you may look into.\n';
  const workers = new Map(listed.map(({ process, workers: found }) => [process, found]));
  const tree = processTree(listed.map(({ process }) => process));
  const rows = tree.flatMap((node) => rowsOf(node, workers, 0));
  return `${alignRight([HEADER, ...rows]).join('\n')}\n\n${NEXT}\n`;
}

/** The same for programs; what is not known is null, and so is the inspector that is off. */
export function renderTargetsJson(listed: readonly ListedProcess[]): string {
  return harmlessJson({
    processes: listed.map(({ process, workers }) => ({
      pid: process.pid ?? null,
      parent: process.parent ?? null,
      commandLine: process.commandLine,
      residentBytes: process.residentBytes ?? null,
      inspector: process.inspector?.address ?? null,
      webSocketUrl: process.inspector?.target.webSocketUrl ?? null,
      opensOnSignal: process.opensOnSignal,
      workers:
        workers?.map(({ threadId, name, url }) => ({
          threadId: threadId ?? null,
          name,
          url,
        })) ?? null,
    })),
  });
}

function rowsOf({ process, children }: ProcessNode, workers: WorkersOf, depth: number): string[][] {
  const { pid, parent, residentBytes, commandLine, inspector } = process;
  const program = commandLineText(commandLine) || plainText(inspector?.target.title ?? '');
  const indent = '  '.repeat(depth);
  const row = [
    String(pid ?? '?'),
    String(parent ?? ''),
    residentBytes === undefined ? '?' : formatBytes(residentBytes),
    inspectorText(process),
    indent + program,
  ];
  const threads = (workers.get(process) ?? []).map((worker) => [
    ...['', '', '', ''],
    `${indent}  ${plainText(describeWorker(worker))}`,
  ]);
  return [row, ...threads, ...children.flatMap((child) => rowsOf(child, workers, depth + 1))];
}

function inspectorText({ inspector, opensOnSignal }: LocalProcess): string {
  return inspector?.address ?? (opensOnSignal ? 'off' : 'off, not on request');
}

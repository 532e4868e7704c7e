import * as l10n from '@vscode/l10n';
import { formatBytes } from '../../base/bytes';
import { processTree, type LocalProcess, type ProcessNode } from '../../inspector/localProcesses';
import type { WorkerIsolate } from '../../inspector/workers';
import { commandLineText } from '../../report/commandLineText';
import { plainText } from '../../report/plainText';
import { connectable, programName, words, type ConnectedTarget, type TargetRow } from './targetRow';

/** What rows of processes are made of. */
interface ProcessSources {
  readonly connected: ConnectedTarget | undefined;
  readonly processes: readonly LocalProcess[];
  /** By the ws:// URL of the process, as far as the person has asked for them. */
  readonly workers: ReadonlyMap<string, readonly WorkerIsolate[]>;
}

/** Memory is shown in such steps, or rows would change all the time. */
const STEP_BYTES = 10_000_000;

/**
 * The processes of this machine as trees, each with its worker threads and what it has started: below
 * the topmost ones whose inspector is open, and all others.
 */
export function processRows(sources: ProcessSources): { open: TargetRow[]; off: TargetRow[] } {
  const open: TargetRow[] = [];
  /** Moves each branch that begins with an open inspector to where it belongs. */
  const off = (node: ProcessNode): TargetRow[] => {
    if (node.process.inspector) {
      open.push(...branch(node, sources));
      return [];
    }
    return [offRow(node.process, node.children.flatMap(off))];
  };
  const rows = processTree(sources.processes).flatMap(off);
  return { open, off: rows };
}

/** The worker as `chooseWorker` finds it, in a process that was started again if possible. */
function workerKey({ threadId, name, url }: WorkerIsolate, all: readonly WorkerIsolate[]): string {
  const isUnique = all.filter((other) => other.name === name).length === 1;
  return name !== '' && isUnique ? name : String(threadId ?? url);
}

/** What can be connected to is not shown a second time, unless something is below it. */
function branch(node: ProcessNode, sources: ProcessSources): TargetRow[] {
  const { process } = node;
  if (!process.inspector) {
    return [
      offRow(
        process,
        node.children.flatMap((child) => branch(child, sources)),
      ),
    ];
  }
  const { webSocketUrl } = process.inspector.target;
  const { connected } = sources;
  const isHere = connected?.webSocketUrl === webSocketUrl;
  const threads = sources.workers.get(webSocketUrl) ?? [];
  const children = [
    ...threads.map((worker) => {
      const key = workerKey(worker, threads);
      return workerRow(worker, key, process, isHere && connected.worker === key);
    }),
    ...node.children.flatMap((child) => branch(child, sources)),
  ];
  const isConnected = isHere && connected.worker === undefined;
  return isConnected && children.length === 0 ? [] : [openRow(process, children, isConnected)];
}

function openRow(process: LocalProcess, children: TargetRow[], isConnected: boolean): TargetRow {
  const { inspector, commandLine } = process;
  const { address = '', target } = inspector ?? {};
  const title = target?.title ?? '';
  const { click, ...row } = connectable(`local:${target?.webSocketUrl}`, address);
  return {
    ...row,
    ...(!isConnected && click && { click }),
    kind: words(
      !isConnected && 'connectable',
      'listsWorkers',
      commandLine.length > 0 && 'commandLine',
    ),
    label: programName(title),
    description: withMemory(process, isConnected ? l10n.t('connected') : address),
    tooltip: tooltipOf(process) || plainText(title),
    icon: { id: 'server-process' },
    commandLine,
    ...(target && { webSocketUrl: target.webSocketUrl }),
    ...(children.length > 0 && { children }),
  };
}

function offRow(process: LocalProcess, children: TargetRow[]): TargetRow {
  const { pid = 0, commandLine, opensOnSignal } = process;
  const program = commandLine.slice(1).find((argument) => !argument.startsWith('-'));
  return {
    id: `process:${pid}`,
    kind: words(opensOnSignal && 'openable', commandLine.length > 0 && 'commandLine'),
    label: `${programName(program ?? commandLine[0] ?? '')}[${pid}]`,
    description: withMemory(process, l10n.t('inspector off'), true),
    tooltip: tooltipOf(process),
    icon: { id: 'circle-outline' },
    commandLine,
    pid,
    ...(children.length > 0 && { children }),
  };
}

function workerRow(
  { threadId, name, url }: WorkerIsolate,
  worker: string,
  { inspector }: LocalProcess,
  isConnected: boolean,
): TargetRow {
  const { address = '', target } = inspector ?? {};
  const argument = { address, worker };
  return {
    id: `worker:${target?.webSocketUrl}#${threadId ?? worker}`,
    kind: isConnected ? 'connectedWorker' : 'connectable',
    label: plainText(name, 200) || programName(url),
    description: isConnected
      ? l10n.t('connected')
      : l10n.t('worker thread {0}', String(threadId ?? '')),
    tooltip: plainText(url),
    icon: { id: 'symbol-event' },
    ...argument,
    ...(!isConnected && {
      click: { command: 'leakline.connectTarget', title: l10n.t('Connect'), argument },
    }),
  };
}

/** @param first Whether the memory comes first, as what is of more interest in a narrow view */
function withMemory({ residentBytes }: LocalProcess, text: string, first = false): string {
  if (residentBytes === undefined) return text;
  const rounded = Math.max(1, Math.round(residentBytes / STEP_BYTES)) * STEP_BYTES;
  const memory = formatBytes(rounded).replace('.0 ', ' ');
  return first ? `${memory}, ${text}` : `${text}, ${memory}`;
}

function tooltipOf({ pid, parent, commandLine }: LocalProcess): string {
  const lines = [
    pid !== undefined && l10n.t('Process {0}', pid),
    parent !== undefined && l10n.t('Started by process {0}', parent),
    commandLineText(commandLine),
  ];
  return lines.filter(Boolean).join('\n');
}

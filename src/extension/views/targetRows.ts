import * as l10n from '@vscode/l10n';
import type { LocalProcess } from '../../inspector/localProcesses';
import type { WorkerIsolate } from '../../inspector/workers';
import { plainText } from '../../report/plainText';
import type { DebuggedProgram } from '../run/debugSessions';
import type { LaunchConfiguration } from '../run/launchConfigurations';
import { processRows } from './processRows';
import { connectable, programName, words, type ConnectedTarget, type TargetRow } from './targetRow';
import type { SavedTarget } from './targetMemory';
import type { RowIcon } from './treeRow';

/** What the view of targets shows, as plain data. */
export interface Targets {
  readonly connected: ConnectedTarget | undefined;
  /** What VS Code debugs. */
  readonly debugged: readonly DebuggedProgram[];
  /** Of this machine. */
  readonly processes: readonly LocalProcess[];
  /** The worker threads of some of them, by ws:// URL. */
  readonly workers: ReadonlyMap<string, readonly WorkerIsolate[]>;
  readonly configurations: readonly LaunchConfiguration[];
  readonly saved: readonly SavedTarget[];
  readonly recent: readonly string[];
}

const CONNECTED: RowIcon = { id: 'debug-disconnect', color: 'testing.iconPassed' };

/**
 * The rows of the view: what is connected first, then groups of what could be. None if there is
 * nothing, so that the welcome is seen.
 */
export function targetRows(targets: Targets): TargetRow[] {
  const { connected, debugged, configurations, saved, recent } = targets;
  const local = targets.processes.flatMap(({ inspector }) => inspector ?? []);
  const { open, off } = processRows(targets);
  const isKnown = (address: string) =>
    address === connected?.address ||
    [...local, ...saved].some((known) => known.address === address);
  return [
    ...(connected ? [connectedRow(connected, targets)] : []),
    ...group('debugged', l10n.t('Debug Sessions'), 'debug-alt', debugged.map(debuggedRow)),
    ...group('local', l10n.t('This Machine'), 'vm', open),
    ...group('launch', l10n.t('Launch Configurations'), 'debug-alt', configurations.map(launchRow)),
    ...group('saved', l10n.t('Saved'), 'bookmark', saved.map(savedRow)),
    ...group(
      'recent',
      l10n.t('Recent'),
      'history',
      recent.filter((a) => !isKnown(a)).map(recentRow),
    ),
    ...group('off', l10n.t('This Machine, Inspector Off'), 'vm-outline', off, true),
  ];
}

function group(
  id: string,
  label: string,
  icon: string,
  children: TargetRow[],
  collapsed = false,
): TargetRow[] {
  if (children.length === 0) return [];
  return [{ id, kind: 'group', label, icon: { id: icon }, children, collapsed }];
}

function connectedRow(connected: ConnectedTarget, { processes, saved }: Targets): TargetRow {
  const { title, address, webSocketUrl } = connected;
  const process = processes.find((one) => one.inspector?.target.webSocketUrl === webSocketUrl);
  const isSaved = saved.some((entry) => entry.address === address);
  return {
    id: 'connected',
    kind: words(
      'connected',
      process && 'listsWorkers',
      process && 'commandLine',
      !process && !isSaved && 'saveable',
    ),
    label: programName(title),
    description: l10n.t('{0}, connected', address),
    tooltip: l10n.t('Connected to {0} at {1}', plainText(title), address),
    icon: CONNECTED,
    address,
    ...(process && { commandLine: process.commandLine, webSocketUrl }),
  };
}

function debuggedRow({ sessionId, name, configuration }: DebuggedProgram): TargetRow {
  const argument = { sessionId };
  return {
    id: `debugged:${sessionId}`,
    kind: 'connectable',
    label: name,
    description: configuration,
    tooltip: l10n.t('Connects beside the debugger, which goes on as it is'),
    icon: { id: 'debug-alt' },
    sessionId,
    click: { command: 'leakline.connectTarget', title: l10n.t('Connect'), argument },
  };
}

function launchRow(configuration: LaunchConfiguration): TargetRow {
  const { name, folder, address } = configuration;
  const id = `launch:${folder}#${name}`;
  const label = plainText(name, 200);
  if (address !== undefined) {
    const row = connectable(id, address);
    return { ...row, kind: 'connectable', label, description: address, icon: { id: 'plug' } };
  }
  const tooltip = l10n.t('{0}: starts in the debugger', label);
  return { id, kind: 'launchable', label, tooltip, icon: { id: 'play' }, configuration };
}

function savedRow({ name, address }: SavedTarget): TargetRow {
  return {
    ...connectable(`saved:${address}`, address),
    kind: words('connectable', 'removable'),
    label: plainText(name, 200),
    description: address,
    icon: { id: 'remote' },
  };
}

function recentRow(address: string): TargetRow {
  return {
    ...connectable(`recent:${address}`, address),
    kind: words('connectable', 'saveable', 'removable'),
    label: address,
    icon: { id: 'remote' },
  };
}

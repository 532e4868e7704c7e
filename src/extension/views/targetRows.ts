import * as l10n from '@vscode/l10n';
import type { LocalTarget } from '../../inspector/localTargets';
import { commandLineText } from '../../report/commandLineText';
import { plainText } from '../../report/plainText';
import type { DebuggedProgram } from '../run/debugSessions';
import type { LaunchConfiguration } from '../run/launchConfigurations';
import type { SavedTarget } from './targetMemory';
import type { RowIcon, TreeRow } from './treeRow';

/** What the view of targets shows, as plain data. */
export interface Targets {
  readonly connected: ConnectedTarget | undefined;
  /** What VS Code debugs. */
  readonly debugged: readonly DebuggedProgram[];
  readonly local: readonly LocalTarget[];
  readonly configurations: readonly LaunchConfiguration[];
  readonly saved: readonly SavedTarget[];
  readonly recent: readonly string[];
}

interface ConnectedTarget {
  readonly title: string;
  /** As the person gave it. */
  readonly address: string;
  readonly webSocketUrl: string;
}

/**
 * The row of a target. Its kind is a list of words, of which `when` clauses ask for one: `connected`,
 * `connectable`, `launchable`, `saveable`, `removable`, `commandLine`.
 */
export interface TargetRow extends TreeRow {
  readonly address?: string;
  /** Of a debug session. */
  readonly sessionId?: string;
  readonly configuration?: LaunchConfiguration;
  /** The program and its arguments, where they are known. */
  readonly commandLine?: readonly string[];
}

const CONNECTED: RowIcon = { id: 'debug-disconnect', color: 'testing.iconPassed' };

/**
 * The rows of the view: what is connected first, then groups of what could be. None if there is
 * nothing, so that the welcome is seen.
 */
export function targetRows(targets: Targets): TargetRow[] {
  const { connected, debugged, local, configurations, saved, recent } = targets;
  const others = local.filter(({ target }) => target.webSocketUrl !== connected?.webSocketUrl);
  const isKnown = (address: string) =>
    address === connected?.address ||
    [...local, ...saved].some((known) => known.address === address);
  return [
    ...(connected ? [connectedRow(connected, targets)] : []),
    ...group('debugged', l10n.t('Debug Sessions'), 'debug-alt', debugged.map(debuggedRow)),
    ...group('local', l10n.t('This Machine'), 'vm', others.map(localRow)),
    ...group('launch', l10n.t('Launch Configurations'), 'debug-alt', configurations.map(launchRow)),
    ...group('saved', l10n.t('Saved'), 'bookmark', saved.map(savedRow)),
    ...group(
      'recent',
      l10n.t('Recent'),
      'history',
      recent.filter((a) => !isKnown(a)).map(recentRow),
    ),
  ];
}

/** Node.js names a target by the path of its script. */
export function programName(title: string): string {
  return plainText(title.split(/[\\/]/).at(-1) || title, 200);
}

function group(id: string, label: string, icon: string, children: TargetRow[]): TargetRow[] {
  if (children.length === 0) return [];
  return [{ id, kind: 'group', label, icon: { id: icon }, children }];
}

function connectedRow(connected: ConnectedTarget, { local, saved }: Targets): TargetRow {
  const { title, address, webSocketUrl } = connected;
  const process = local.find(({ target }) => target.webSocketUrl === webSocketUrl);
  const isSaved = saved.some((entry) => entry.address === address);
  return {
    id: 'connected',
    kind: words('connected', process && 'commandLine', !process && !isSaved && 'saveable'),
    label: programName(title),
    description: l10n.t('{0}, connected', address),
    tooltip: l10n.t('Connected to {0} at {1}', plainText(title), address),
    icon: CONNECTED,
    address,
    ...(process && { commandLine: process.commandLine }),
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

function localRow({ address, target, pid, commandLine }: LocalTarget): TargetRow {
  const process = pid === undefined ? '' : `${l10n.t('Process {0}', pid)}\n`;
  return {
    ...connectable(`local:${target.webSocketUrl}`, address),
    kind: words('connectable', commandLine.length > 0 && 'commandLine'),
    label: programName(target.title),
    description: address,
    tooltip: process + (commandLineText(commandLine) || plainText(target.title)),
    icon: { id: 'server-process' },
    commandLine,
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

function connectable(id: string, address: string): Pick<TargetRow, 'id' | 'address' | 'click'> {
  const click = {
    command: 'leakline.connectTarget',
    title: l10n.t('Connect'),
    argument: { address },
  } as const;
  return { id, address, click };
}

function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

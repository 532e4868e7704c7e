import * as l10n from '@vscode/l10n';
import { plainText } from '../../report/plainText';
import type { LaunchConfiguration } from '../run/launchConfigurations';
import type { TreeRow } from './treeRow';

export interface ConnectedTarget {
  readonly title: string;
  /** As the person gave it. */
  readonly address: string;
  readonly webSocketUrl: string;
  /** The worker thread, if it is not the main one. */
  readonly worker?: string | undefined;
}

/**
 * The row of a target. Its kind is a list of words, of which `when` clauses ask for one: `connected`,
 * `connectable`, `launchable`, `saveable`, `removable`, `commandLine`,
 * `openable` (its inspector can be opened), `listsWorkers`.
 */
export interface TargetRow extends TreeRow {
  readonly address?: string;
  /** Of a debug session. */
  readonly sessionId?: string;
  readonly configuration?: LaunchConfiguration;
  /** The program and its arguments, where they are known. */
  readonly commandLine?: readonly string[];
  /** Of a process whose inspector is off. */
  readonly pid?: number;
  /** Of a process whose worker threads can be listed. */
  readonly webSocketUrl?: string;
  /** The worker thread to connect to. */
  readonly worker?: string;
}

/** Node.js names a target by the path of its script. */
export function programName(title: string): string {
  return plainText(title.split(/[\\/]/).at(-1) || title, 200);
}

/** What a row has that connects to an address. */
export function connectable(
  id: string,
  address: string,
): Pick<TargetRow, 'id' | 'address' | 'click'> {
  const click = {
    command: 'leakline.connectTarget',
    title: l10n.t('Connect'),
    argument: { address },
  } as const;
  return { id, address, click };
}

/** The kind of a row: those of its words that hold. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

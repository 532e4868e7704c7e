import * as l10n from '@vscode/l10n';
import { LeaklineError } from '../base/errors';
import { UnmappedError } from './results/unmappedError';

/** A button under an error: what the person is likely to do next. */
export interface ErrorAction {
  readonly title: string;
  readonly command: string;
  readonly argument?: unknown;
}

/**
 * What can be done about an error.
 * @param lastAddress Where the last attach went, if there was one.
 */
export function errorActions(error: unknown, lastAddress: string | undefined): ErrorAction[] {
  if (!(error instanceof LeaklineError)) return [];
  switch (error.code) {
    case 'connectionLost':
    case 'protocol':
    case 'targetPaused':
      return [attachAgain(lastAddress)];
    case 'connectionRefused':
    case 'notAnInspector':
    case 'targetNotFound':
    case 'ambiguousTarget':
      return [{ title: l10n.t('Attach…'), command: 'leakline.attach' }];
    case 'driveFailed':
      return [
        {
          title: l10n.t('Change Command'),
          command: 'workbench.action.openSettings',
          argument: 'leakline.driveCommand',
        },
        { title: l10n.t('Find Leaks…'), command: 'leakline.findLeaks' },
      ];
    case 'restrictedMode':
      return [{ title: l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' }];
    case 'notASnapshot':
    case 'truncatedSnapshot':
    case 'incomparableSnapshots':
      return [{ title: l10n.t('Choose Other Snapshots…'), command: 'leakline.compareSnapshots' }];
    case 'launchFailed':
      return [
        {
          title: l10n.t('Open Launch Configurations'),
          command: 'workbench.action.debug.configure',
        },
      ];
    case 'unmapped':
      return error instanceof UnmappedError
        ? [{ title: l10n.t('Pick the File…'), command: 'leakline.pickFile', argument: error.where }]
        : [];
    case 'storage':
    case 'outOfMemory':
      return [{ title: l10n.t('Show Snapshots'), command: 'leakline.snapshots.focus' }];
    default:
      return [];
  }
}

function attachAgain(lastAddress: string | undefined): ErrorAction {
  if (lastAddress === undefined) return { title: l10n.t('Attach…'), command: 'leakline.attach' };
  return {
    title: l10n.t('Attach Again'),
    command: 'leakline.attach',
    argument: { address: lastAddress },
  };
}

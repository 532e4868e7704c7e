import { LeaklineError } from '../base/errors';

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
      return [{ title: 'Attach…', command: 'leakline.attach' }];
    case 'driveFailed':
      return [
        {
          title: 'Change Command',
          command: 'workbench.action.openSettings',
          argument: 'leakline.driveCommand',
        },
        { title: 'Find Leaks…', command: 'leakline.findLeaks' },
      ];
    case 'restrictedMode':
      return [{ title: 'Manage Workspace Trust', command: 'workbench.trust.manage' }];
    case 'notASnapshot':
    case 'truncatedSnapshot':
    case 'incomparableSnapshots':
      return [{ title: 'Choose Other Snapshots…', command: 'leakline.compareSnapshots' }];
    case 'launchFailed':
      return [{ title: 'Open Launch Configurations', command: 'workbench.action.debug.configure' }];
    case 'storage':
    case 'outOfMemory':
      return [{ title: 'Show Snapshots', command: 'leakline.snapshots.focus' }];
    default:
      return [];
  }
}

function attachAgain(lastAddress: string | undefined): ErrorAction {
  if (lastAddress === undefined) return { title: 'Attach…', command: 'leakline.attach' };
  return {
    title: 'Attach Again',
    command: 'leakline.attach',
    argument: { address: lastAddress },
  };
}

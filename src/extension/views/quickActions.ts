import type { CommandId } from '../commands';

/** What decides on what can be done now. */
export interface ActionState {
  readonly isConnected: boolean;
  readonly isBusy: boolean;
  readonly isWaiting: boolean;
  readonly canShowResult: boolean;
  readonly canVerify: boolean;
  readonly hasFindings: boolean;
}

/** A row of the pick behind the status bar. */
export interface QuickAction {
  readonly icon: string;
  readonly title: string;
  readonly command: CommandId;
}

/** What can be done now, the likeliest first. */
export function quickActions(state: ActionState): QuickAction[] {
  const { isBusy, isConnected } = state;
  const all: (QuickAction | false)[] = [
    state.isWaiting && action('debug-continue', 'Continue', 'leakline.continue'),
    state.canShowResult && action('output', 'Show Result Now', 'leakline.showResult'),
    isBusy && action('debug-stop', 'Cancel', 'leakline.cancel'),
    !isBusy && action('search', 'Find Leaks…', 'leakline.findLeaks'),
    !isBusy && state.canVerify && action('verified', 'Verify Fix', 'leakline.verifyFix'),
    !isBusy &&
      isConnected &&
      action('device-camera', 'Take Heap Snapshot', 'leakline.takeSnapshot'),
    state.hasFindings && action('type-hierarchy', 'Show Retainers', 'leakline.showRetainers'),
    !isBusy && !isConnected && action('plug', 'Attach…', 'leakline.attach'),
    !isBusy && isConnected && action('debug-disconnect', 'Detach', 'leakline.detach'),
  ];
  return all.filter((entry) => entry !== false);
}

function action(icon: string, title: string, command: CommandId): QuickAction {
  return { icon, title, command };
}

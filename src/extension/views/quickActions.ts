import * as l10n from '@vscode/l10n';
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
    state.isWaiting && action('debug-continue', l10n.t('Continue'), 'leakline.continue'),
    state.canShowResult && action('output', l10n.t('Show Result Now'), 'leakline.showResult'),
    isBusy && action('debug-stop', l10n.t('Cancel'), 'leakline.cancel'),
    !isBusy && action('search', l10n.t('Find Leaks…'), 'leakline.findLeaks'),
    !isBusy && state.canVerify && action('verified', l10n.t('Verify Fix'), 'leakline.verifyFix'),
    !isBusy &&
      isConnected &&
      action('device-camera', l10n.t('Take Heap Snapshot'), 'leakline.takeSnapshot'),
    state.hasFindings &&
      action('type-hierarchy', l10n.t('Show Retainers'), 'leakline.showRetainers'),
    !isBusy && !isConnected && action('plug', l10n.t('Attach…'), 'leakline.attach'),
    !isBusy && isConnected && action('debug-disconnect', l10n.t('Detach'), 'leakline.detach'),
  ];
  return all.filter((entry) => entry !== false);
}

function action(icon: string, title: string, command: CommandId): QuickAction {
  return { icon, title, command };
}

import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import type { ExerciseStep } from '../../investigation/investigation';
import type { Drive } from './drive';
import type { WaitingStep } from './manualExercise';
import { drivingTasks, taskLabel } from './taskDrive';

/**
 * Asks how the program is exercised between snapshots.
 * @throws LeaklineError `cancelled` if the person chooses nothing.
 */
export async function chooseExercise(setCommand: string): Promise<Drive> {
  const byHand: vscode.QuickPickItem = {
    label: `$(person) ${vscode.l10n.t('By Hand')}`,
    detail: vscode.l10n.t('You use the program between the snapshots and say when to go on.'),
  };
  const task: vscode.QuickPickItem = {
    label: `$(tools) ${vscode.l10n.t('With a Task…')}`,
    detail: vscode.l10n.t('A task of the workspace, run to its end once per round.'),
  };
  const another: vscode.QuickPickItem = {
    label: `$(terminal) ${vscode.l10n.t('With a Shell Command…')}`,
    detail: vscode.l10n.t('Such as a load test, or a script that sends the requests in question.'),
  };
  const set: vscode.QuickPickItem = {
    label: `$(play) ${setCommand}`,
    detail: vscode.l10n.t('From the settings.'),
  };
  const ways = [byHand, task, another];
  const picked = await vscode.window.showQuickPick(setCommand === '' ? ways : [set, ...ways], {
    title: vscode.l10n.t('Find Leaks'),
    placeHolder: vscode.l10n.t('How is the program exercised?'),
    ignoreFocusOut: true,
  });
  if (picked === byHand) return { kind: 'byHand' };
  if (picked === set) return { kind: 'command', command: setCommand };
  if (picked === task) return { kind: 'task', task: await askTask() };
  const command = picked && (await askCommand());
  if (!command) throw new LeaklineError('cancelled', 'Cancelled.');
  return { kind: 'command', command };
}

async function askTask(): Promise<string> {
  const items = drivingTasks().then((tasks) => {
    if (tasks.length > 0) return tasks.map(taskItem);
    throw new LeaklineError(
      'usage',
      vscode.l10n.t('The workspace has no task that comes to an end.'),
      vscode.l10n.t('Add one in tasks.json, or use a shell command.'),
    );
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Find Leaks'),
    placeHolder: vscode.l10n.t('Which task exercises the program once?'),
    ignoreFocusOut: true,
    matchOnDetail: true,
  });
  if (!picked) throw new LeaklineError('cancelled', 'Cancelled.');
  return picked.label;
}

function taskItem(task: vscode.Task): vscode.QuickPickItem {
  return { label: taskLabel(task), ...(task.detail !== undefined && { detail: task.detail }) };
}

async function askCommand(): Promise<string | undefined> {
  const command = await vscode.window.showInputBox({
    title: vscode.l10n.t('Find Leaks'),
    prompt: vscode.l10n.t('Shell command, run in the workspace folder once per round.'),
    placeHolder: 'npm run load-test',
    ignoreFocusOut: true,
  });
  return command?.trim();
}

/** What else a person can choose than to go on. */
interface OtherWays {
  readonly cancel: () => void;
  /** Only of use in an extra round. */
  readonly showResult: () => void;
}

/**
 * Tells the person that it is their turn. The run does not depend on this message: the view has a
 * Continue of its own for when it was closed.
 */
export function showExercisePrompt(
  waiting: WaitingStep,
  { kind }: ExerciseStep,
  { cancel, showResult }: OtherWays,
): void {
  const { title, reason } = waiting;
  const text = vscode.l10n.t('{0}: exercise the program, then choose Continue.', title);
  const showNow = vscode.l10n.t('Show Result Now');
  const goOn = vscode.l10n.t('Continue');
  const stop = vscode.l10n.t('Cancel');
  const buttons = kind === 'extra' ? [goOn, showNow, stop] : [goOn, stop];
  const message = reason ? `${text} ${reason}` : text;
  void vscode.window.showInformationMessage(message, ...buttons).then((choice) => {
    if (choice === goOn) waiting.proceed();
    if (choice === showNow) showResult();
    if (choice === stop) cancel();
  });
}

import * as vscode from 'vscode';
import { LeaklineError } from '../base/errors';
import type { WaitingStep } from './manualExercise';

const CONTINUE = 'Continue';
const CANCEL = 'Cancel';

/**
 * Asks how the program is exercised between snapshots.
 * @returns a shell command; undefined for by hand.
 * @throws LeaklineError `cancelled` if the person chooses nothing.
 */
export async function chooseExercise(setCommand: string): Promise<string | undefined> {
  const byHand: vscode.QuickPickItem = {
    label: '$(person) By Hand',
    detail: 'You use the program between the snapshots and say when to go on.',
  };
  const another: vscode.QuickPickItem = {
    label: '$(terminal) With a Shell Command…',
    detail: 'Such as a load test, or a script that sends the requests in question.',
  };
  const set: vscode.QuickPickItem = {
    label: `$(play) ${setCommand}`,
    detail: 'From the settings.',
  };
  const picked = await vscode.window.showQuickPick(
    setCommand === '' ? [byHand, another] : [set, byHand, another],
    { title: 'Find Leaks', placeHolder: 'How is the program exercised?', ignoreFocusOut: true },
  );
  if (picked === byHand) return undefined;
  if (picked === set) return setCommand;
  const command = picked && (await askCommand());
  if (!command) throw new LeaklineError('cancelled', 'Cancelled.');
  return command;
}

async function askCommand(): Promise<string | undefined> {
  const command = await vscode.window.showInputBox({
    title: 'Find Leaks',
    prompt: 'Shell command, run in the workspace folder once per round.',
    placeHolder: 'npm run load-test',
    ignoreFocusOut: true,
  });
  return command?.trim();
}

/**
 * Tells the person that it is their turn. The run does not depend on this message: the view has a
 * Continue of its own for when it was closed.
 */
export function showExercisePrompt(step: WaitingStep, cancel: () => void): void {
  const what = 'exercise the program, then choose Continue.';
  const text = step.reason ? `${step.title}: ${what} ${step.reason}` : `${step.title}: ${what}`;
  void vscode.window.showInformationMessage(text, CONTINUE, CANCEL).then((choice) => {
    if (choice === CONTINUE) step.proceed();
    if (choice === CANCEL) cancel();
  });
}

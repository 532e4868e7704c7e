import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';

/** What a task is called where people choose one. */
export function taskLabel({ name, source }: vscode.Task): string {
  return source === 'Workspace' || source === '' ? name : `${source}: ${name}`;
}

/** The tasks that come to an end by themselves. */
export async function drivingTasks(): Promise<vscode.Task[]> {
  const tasks = await vscode.tasks.fetchTasks();
  return tasks.filter(({ isBackground }) => !isBackground);
}

/**
 * Runs a task to its end.
 * @throws LeaklineError `driveFailed` if there is no such task, or it ends with anything but exit
 * code 0; `cancelled` after an abort, once the task has ended.
 */
export async function runTaskDrive(label: string, signal: AbortSignal): Promise<void> {
  const task = (await drivingTasks()).find((candidate) => taskLabel(candidate) === label);
  if (signal.aborted) throw cancelled();
  if (!task) {
    throw new LeaklineError(
      'driveFailed',
      vscode.l10n.t('There is no task “{0}”.', label),
      vscode.l10n.t('Check the tasks of the workspace, or find leaks with another one.'),
    );
  }
  const outcome = await outcomeOf(task, signal);
  if (signal.aborted) throw cancelled();
  if (outcome.exitCode === 0 || outcome.hadProcess === false) return;
  throw new LeaklineError(
    'driveFailed',
    outcome.exitCode === undefined
      ? vscode.l10n.t('The task “{0}” was ended.', label)
      : vscode.l10n.t('The task “{0}” ended with exit code {1}.', label, outcome.exitCode),
    vscode.l10n.t('See its terminal for the reason, then run again.'),
  );
}

interface TaskOutcome {
  /** False for a task that only starts others. */
  readonly hadProcess: boolean;
  /** Undefined if it was ended from outside. */
  readonly exitCode: number | undefined;
}

/** Ends the task with an abort, and waits for the end either way. */
async function outcomeOf(task: vscode.Task, signal: AbortSignal): Promise<TaskOutcome> {
  const subscriptions: vscode.Disposable[] = [];
  let execution: vscode.TaskExecution | undefined;
  const terminate = () => execution?.terminate();
  try {
    // Listens first: a short task may end before its start is told.
    const ended = new Promise<TaskOutcome>((resolve) => {
      const isOurs = (other: vscode.TaskExecution) =>
        execution ? other === execution : other.task.name === task.name;
      subscriptions.push(
        vscode.tasks.onDidEndTaskProcess((event) => {
          if (isOurs(event.execution)) resolve({ hadProcess: true, exitCode: event.exitCode });
        }),
        vscode.tasks.onDidEndTask((event) => {
          if (isOurs(event.execution)) resolve({ hadProcess: false, exitCode: undefined });
        }),
      );
    });
    signal.addEventListener('abort', terminate);
    execution = await vscode.tasks.executeTask(task);
    if (signal.aborted) terminate();
    return await ended;
  } finally {
    signal.removeEventListener('abort', terminate);
    vscode.Disposable.from(...subscriptions).dispose();
  }
}

function cancelled(): LeaklineError {
  return new LeaklineError('cancelled', 'Cancelled.');
}

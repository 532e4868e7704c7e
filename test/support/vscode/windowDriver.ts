import {
  type WindowActions,
  type WindowAnswer,
  type WindowCall,
  windowControlVariable,
} from './windowActions';

/**
 * Drives the VS Code window that the calling test runs in, from inside the extension host. Only
 * `npm test` provides it; a window opened for debugging by hand does not.
 */
export const windowDriver: WindowActions = {
  screenshot: (name) => call('screenshot', name),
  click: (target) => call('click', target),
  press: (key) => call('press', key),
  type: (text) => call('type', text),
  text: (target) => call('text', target),
  texts: (target) => call('texts', target),
  waitFor: (target) => call('waitFor', target),
  waitUntilGone: (target) => call('waitUntilGone', target),
};

async function call<Action extends keyof WindowActions>(
  action: Action,
  argument: Parameters<WindowActions[Action]>[0],
): Promise<Awaited<ReturnType<WindowActions[Action]>>> {
  const address = process.env[windowControlVariable];
  if (!address) throw new Error('This test drives its window: run it with `npm test -- vscode`.');
  const body: WindowCall = { action, argument };
  const response = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
  const answer = (await response.json()) as WindowAnswer;
  if ('error' in answer) throw new Error(`${action} ${JSON.stringify(argument)}: ${answer.error}`);
  return answer.value as Awaited<ReturnType<WindowActions[Action]>>;
}

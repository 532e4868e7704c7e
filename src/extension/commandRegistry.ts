import * as vscode from 'vscode';
import { LeaklineError } from '../base/errors';
import { COMMANDS, NEEDS_TRUST, type CommandId, type CommandTable } from './commands';
import type { ErrorReporter } from './errorReporter';

/** Registers every command. What a handler throws is shown to the person in one place: here. */
export function registerCommands(handlers: CommandTable, errors: ErrorReporter): vscode.Disposable {
  const register = (id: CommandId) => {
    const handler = handlers[id] as (...args: unknown[]) => unknown;
    return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        requireTrust(id);
        return await handler(...args);
      } catch (error) {
        errors.show(error);
        // VS Code would show an error again that comes from a click or a key.
        if (isCalledByProgram(id, args[0])) throw error;
        return undefined;
      }
    });
  };
  return vscode.Disposable.from(...(Object.keys(COMMANDS) as CommandId[]).map(register));
}

/** A row of a view is handed over by a click on it. */
function isCalledByProgram(id: CommandId, argument: unknown): boolean {
  const isRow = typeof argument === 'object' && argument !== null && 'kind' in argument;
  return argument !== undefined && !isRow && COMMANDS[id] === 'public';
}

function requireTrust(id: CommandId): void {
  if (vscode.workspace.isTrusted || !NEEDS_TRUST.has(id)) return;
  throw new LeaklineError(
    'restrictedMode',
    vscode.l10n.t('In Restricted Mode Leakline touches no process.'),
    vscode.l10n.t('Trust this workspace first, if you do trust it.'),
  );
}

/** Runs one of Leakline's own commands from a button or message. It reports its own errors. */
export function runCommand<Id extends CommandId>(
  id: Id,
  ...args: Parameters<CommandTable[Id]>
): void {
  vscode.commands.executeCommand(id, ...args).then(undefined, () => undefined);
}

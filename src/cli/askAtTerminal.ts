import { createInterface } from 'node:readline/promises';
import type { AskPerson } from './snapshotConsent';

/** Asks the person at the terminal; undefined where there is none. */
export const askAtTerminal: AskPerson | undefined =
  process.stdin.isTTY && process.stderr.isTTY ? ask : undefined;

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal });
  } catch {
    return ''; // aborted, or the terminal was closed
  } finally {
    terminal.close();
  }
}

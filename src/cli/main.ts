import { runDiff } from './diff';
import { runFind } from './find';
import { ExitCode } from './exitCode';
import { runCommandLine } from './runCommandLine';
import { runSummary } from './summary';

const cancellation = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Asking a second time means not to wait for the cleaning up.
    if (cancellation.signal.aborted) process.exit(ExitCode.cancelled);
    cancellation.abort();
  });
}
// The reader of a pipe may leave early (`leakline … | head`), which is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void runCommandLine(
  process.argv.slice(2),
  {
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    colour: process.stdout.isTTY === true && process.stdout.hasColors(),
    signal: cancellation.signal,
  },
  { find: runFind, diff: runDiff, summary: runSummary },
).then((code) => {
  process.exitCode = code;
});

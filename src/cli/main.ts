import { ExitCode } from './exitCode';
import { runCommandLine } from './runCommandLine';
import { runSummary } from './summary';

const cancellation = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asking a second time means not to wait for the cleaning up.
    if (cancellation.signal.aborted) process.exit(ExitCode.cancelled);
    cancellation.abort();
  });
}
// The reader of a pipe may leave early (`leakline … | head`), which is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') fail(`Cannot write to standard output: ${error.message}.`);
});
process.stderr.on('error', () => {}); // nobody is left to be told
// A bug. Node.js would exit with 1, which here says that a leak was found.
process.on('uncaughtException', (error) => fail(error.stack ?? error.message));

function fail(why: string): void {
  process.stderr.write(`leakline: ${why}\n`);
  process.exit(ExitCode.failed);
}

void runCommandLine(
  process.argv.slice(2),
  {
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    colour: process.stdout.isTTY === true && process.stdout.hasColors(),
    signal: cancellation.signal,
  },
  {
    // Their parser and inspector client take longer to start than many a summary takes to make.
    find: async (...args) => (await import('./find')).runFind(...args),
    diff: async (...args) => (await import('./diff')).runDiff(...args),
    summary: runSummary,
    sample: async (...args) => (await import('./sample')).runSample(...args),
    redact: async (...args) => (await import('./redact')).runRedact(...args),
    targets: async (_, signal) => (await import('./targets')).runTargets(signal),
    triage: async (...args) => (await import('./triage')).runTriage(...args),
  },
).then((code) => {
  process.exitCode = code;
});

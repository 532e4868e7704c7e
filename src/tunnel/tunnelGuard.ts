// Runs one tool, and ends it when the process that asked for it lets go of the channel to here, which
// the system does for one that was killed. Leads a process group that the tool is in, too.
import { spawn } from 'node:child_process';
import type { ToolEnd } from './guardedTool';

const GRACE_MS = 1_500;

const [file = '', ...args] = process.argv.slice(2);
const env = { ...process.env };
delete env['ELECTRON_RUN_AS_NODE'];
const tool = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], env, windowsHide: true });
tool.once('error', ({ message, ...error }: NodeJS.ErrnoException) => {
  report({ isMissing: error.code === 'ENOENT', how: `could not be started: ${message}` });
});
tool.once('exit', (code, signal) => {
  report({
    isMissing: false,
    how: signal ? `was ended by ${signal}` : `ended with exit code ${code}`,
  });
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => {
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), GRACE_MS);
});

function report(end: ToolEnd): void {
  if (!process.connected) process.exit();
  process.send?.(end, () => process.exit());
}

function signalGroup(signal: NodeJS.Signals): void {
  if (process.platform === 'win32') tool.kill();
  else process.kill(-process.pid, signal);
}

// Stands in for the desktop VS Code where that cannot be had: takes the same command line, but runs
// VS Code as a server with its window in a headless Chromium. It shows one folder or workspace, runs the
// given extension tests there, and ends with their exit code; or it installs an extension. Unknown
// options are ignored.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, writeSync } from 'node:fs';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { format, parseArgs } from 'node:util';
import { type BrowserContext, chromium } from 'playwright-core';
import { outputFolder } from '../projectRoot';
import { chromiumSwitches, provideChromium } from './chromium';
import { runCommand } from './runCommand';
import { provideServerVscode } from './serverVscode';

interface CommandLine {
  /** A folder, a .code-workspace file, or the URI of a folder. */
  workspace: string;
  extension: string;
  tests: string;
  userData: string;
  /** As Electron takes it: the loopback port where others can drive the window. */
  debuggingPort: string;
  trustAll: boolean;
  locale: string | undefined;
}

/** What the server and the window say that is not the tests' own output. */
const logFile = path.join(outputFolder, 'vscode.log');

/** Tests end by themselves long before; this only ends what hangs. */
const limitMinutes = 15;
const startLimitMs = 60_000;
const graceMs = 5_000;

function parseCommandLine(): CommandLine {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: { 'folder-uri': { type: 'string' }, locale: { type: 'string' } },
  });
  const required = (name: string): string => {
    const value = values[name];
    if (typeof value !== 'string') throw new Error(`--${name}=… is missing`);
    return value;
  };
  const { 'folder-uri': uri, locale } = values;
  const [folder] = positionals;
  const workspace = typeof uri === 'string' ? uri : folder && path.resolve(folder);
  if (workspace === undefined) throw new Error('the folder to open is missing');
  return {
    workspace,
    locale: typeof locale === 'string' ? locale : undefined,
    extension: path.resolve(required('extensionDevelopmentPath')),
    tests: path.resolve(required('extensionTestsPath')),
    userData: path.resolve(required('user-data-dir')),
    debuggingPort: required('remote-debugging-port'),
    trustAll: values['disable-workspace-trust'] === true,
  };
}

/** What a server of that user data is given, whatever it does. */
function foldersOf(userData: string): string[] {
  return [
    ...['--user-data-dir', userData, '--server-data-dir', path.join(userData, 'server')],
    ...['--extensions-dir', path.join(userData, 'extensions')],
  ];
}

/** `--install-extension FILE --user-data-dir=DIR`; undefined if that is not what was asked for. */
async function installExtension(): Promise<string | undefined> {
  const { values } = parseArgs({
    strict: false,
    options: { 'install-extension': { type: 'string' }, 'user-data-dir': { type: 'string' } },
  });
  const { 'install-extension': file, 'user-data-dir': userData } = values;
  if (typeof file !== 'string' || typeof userData !== 'string') return undefined;
  const { node, main } = await provideServerVscode();
  return runCommand(node, [main, '--install-extension', file, ...foldersOf(userData)]);
}

async function startServer(
  { userData, trustAll, locale }: CommandLine,
  log: number,
): Promise<ChildProcess> {
  const { node, main } = await provideServerVscode();
  const args = [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...foldersOf(userData),
    ...['--accept-server-license-terms', '--disable-telemetry'],
    // This switch is what makes the window honour the `payload` of its address.
    '--enable-smoke-test-driver',
    ...(trustAll ? ['--disable-workspace-trust'] : []),
    ...(locale === undefined ? [] : ['--locale', locale]),
  ];
  return spawn(node, [main, ...args], { stdio: ['ignore', 'pipe', log] });
}

/** The port a starting server chose, once it listens there. */
function listeningPort(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error("VS Code's server did not start to listen"));
    setTimeout(fail, startLimitMs).unref();
    server.once('exit', fail);
    server.once('error', reject);
    createInterface({ input: server.stdout! }).on('line', (line) => {
      const port = /listening on (\d+)/.exec(line)?.[1];
      if (port) resolve(port);
    });
  });
}

async function openBrowser({ userData, debuggingPort }: CommandLine): Promise<BrowserContext> {
  return chromium.launchPersistentContext(path.join(userData, 'browser'), {
    executablePath: await provideChromium(),
    args: [
      ...chromiumSwitches,
      '--window-size=1440,990',
      `--remote-debugging-port=${debuggingPort}`,
    ],
    viewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Opens the window and answers the exit code of the tests that start with it. */
async function runTestsInWindow(
  browser: BrowserContext,
  port: string,
  line: CommandLine,
  log: number,
): Promise<number> {
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    // Mocha's report is of type `info`. Errors are mostly VS Code's own, about what it misses here.
    if (type === 'error') writeSync(log, `${format(...args)}\n`);
    else console.log(...args);
  });
  const exitCode = new Promise<number>((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    page.once('crash', () => reject(new Error('the window crashed')));
    page.once('close', () => reject(new Error('the window closed')));
  });
  const remote = (file: string) =>
    `vscode-remote://127.0.0.1:${port}${pathToFileURL(file).pathname}`;
  const address = new URL(`http://127.0.0.1:${port}/`);
  const kind = line.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  address.searchParams.set(kind, line.workspace);
  address.searchParams.set(
    'payload',
    JSON.stringify([
      ['extensionDevelopmentPath', remote(line.extension)],
      ['extensionTestsPath', remote(line.tests)],
    ]),
  );
  const opened = page.goto(address.href).then(() => exitCode);
  return Promise.race([opened, exitCode]);
}

/** Rejects when the tests are not to be waited for any longer. */
function interruption(server: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (reason: string) => reject(new Error(reason));
    process.on('SIGINT', () => stop('interrupted'));
    process.on('SIGTERM', () => stop('interrupted'));
    // Standard input is a pipe from the test runner, which thus closes even when that is killed.
    process.stdin.once('end', () => stop('the test runner is gone')).resume();
    server.once('exit', (code) => stop(`VS Code's server ended with code ${code}`));
    setTimeout(() => stop(`not finished after ${limitMinutes} min`), limitMinutes * 60_000).unref();
  });
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const kill = setTimeout(() => server.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(kill);
}

async function main(): Promise<number> {
  const installed = await installExtension();
  if (installed !== undefined) {
    console.log(installed);
    return 0;
  }
  const line = parseCommandLine();
  mkdirSync(outputFolder, { recursive: true });
  const log = openSync(logFile, 'w');
  const server = await startServer(line, log);
  const interrupted = interruption(server);
  try {
    const port = await Promise.race([listeningPort(server), interrupted]);
    const browser = await openBrowser(line);
    try {
      return await Promise.race([runTestsInWindow(browser, port, line, log), interrupted]);
    } finally {
      await browser.close();
    }
  } finally {
    interrupted.catch(() => {});
    await stopServer(server);
  }
}

main().then(
  (code) => {
    if (code !== 0) console.error(`What VS Code logged is in ${logFile}`);
    process.exit(code);
  },
  (error: unknown) => {
    console.error(`The VS Code window for the tests failed: ${String(error)}\nSee ${logFile}`);
    process.exit(1);
  },
);

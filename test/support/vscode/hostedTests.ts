// `hostedTests.ts [WINDOW]`: runs tests of test/vscode inside a real VS Code: the desktop one where it
// can be downloaded and shown, else the one of npm's code-server in a headless browser. The windows are
// those of hostedWindows.ts. Environment variables:
// LEAKLINE_VSCODE          `desktop` or `server` insists on one of them
// LEAKLINE_TEST_WORKSPACE  the folder to open instead of the demo shop
// LEAKLINE_TEST_FILES      parts of paths below test/vscode, with commas between: runs only such files
// LEAKLINE_TEST_EXTENSION  the extension to test instead of this repository
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { resolveCliPathFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { packageExtension } from '../../../tools/packageExtension';
import { projectRoot } from '../projectRoot';
import { beforeReloadFile } from '../testRun/testCounts';
import { buildHostedTests } from './buildHostedTests';
import { chromiumVariable, provideChromium } from './chromium';
import { provideDesktopVscode } from './desktopVscode';
import { openDisplay } from './display';
import { type HostedWindow, hostedWindows } from './hostedWindows';
import { addLanguage } from './languagePack';
import { runCommand } from './runCommand';
import { provideServerVscode } from './serverVscode';
import { hostedFolderVariable, windowControlVariable } from './windowActions';
import { openWindowControl } from './windowControl';

interface Vscode {
  executable: string;
  /** What installs extensions. */
  cli: string;
  env: Record<string, string | undefined>;
  close(): void;
}

/** Settings of the window under test: nothing in it but what a test or the extension put there. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  // The folder stays untrusted where a window does not trust all of them; nobody is asked.
  'security.workspace.trust.startupPrompt': 'never',
};

async function provideVscode(): Promise<Vscode> {
  const wanted = process.env['LEAKLINE_VSCODE'];
  if (wanted === 'server') return serverVscode();
  try {
    return await desktopVscode();
  } catch (error) {
    if (wanted === 'desktop') throw error;
    console.log(`The desktop VS Code cannot be used here: ${String(error)}`);
    return serverVscode();
  }
}

async function desktopVscode(): Promise<Vscode> {
  const display = await openDisplay();
  try {
    const executable = await provideDesktopVscode();
    // Electron would run as plain Node.js when started from a terminal of VS Code itself.
    const env = { DISPLAY: display.name, ELECTRON_RUN_AS_NODE: undefined };
    const cli = resolveCliPathFromVSCodeExecutablePath(executable);
    return { executable, cli, env, close: () => display.close() };
  } catch (error) {
    display.close();
    throw error;
  }
}

async function serverVscode(): Promise<Vscode> {
  const [chromium] = await Promise.all([provideChromium(), provideServerVscode()]);
  const executable = path.join(projectRoot, 'test', 'support', 'vscode', 'code');
  const env = { [chromiumVariable]: chromium };
  return { executable, cli: executable, env, close: () => {} };
}

/** A free port of the loopback address, for a program that cannot tell which one it took. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

async function createProfile(): Promise<string> {
  // Not below the repository: VS Code makes sockets here, whose paths may not be long.
  const profile = await mkdtemp(path.join(tmpdir(), 'leakline-'));
  await mkdir(path.join(profile, 'User'));
  await writeFile(path.join(profile, 'User', 'settings.json'), JSON.stringify(settings));
  return profile;
}

async function runHostedTests(name: string): Promise<void> {
  const window = hostedWindows[name];
  if (!window) throw new Error(`There is no window ${name}.`);
  await rm(beforeReloadFile, { force: true });
  const extensionTestsPath = await buildHostedTests();
  const vscode = await provideVscode();
  const profile = await createProfile();
  const debuggingPort = await freePort();
  const control = await openWindowControl(debuggingPort);
  const ownFolders = [
    `--user-data-dir=${profile}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
  ];
  try {
    if (window.installsPackage) {
      const install = ['--install-extension', await packageExtension(), ...ownFolders];
      await runCommand(vscode.cli, install, { env: vscode.env });
    }
    if (window.language) await addLanguage(profile, window.language);
    const workspace = await window.workspace(profile);
    await runWindow(window, {
      executable: vscode.executable,
      extensionTestsPath,
      args: [
        ...(isUri(workspace)
          ? ['--folder-uri', workspace]
          : [path.resolve(projectRoot, workspace)]),
        ...(window.language ? [`--locale=${window.language}`] : []),
        ...[...ownFolders, `--remote-debugging-port=${debuggingPort}`],
      ],
      env: {
        ...vscode.env,
        [windowControlVariable]: control.address,
        [hostedFolderVariable]: window.tests,
      },
    });
  } finally {
    await control.close();
    vscode.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Letters of a drive are no scheme. */
function isUri(workspace: string): boolean {
  return /^[a-z]{2,}:\//.test(workspace);
}

interface WindowRun {
  readonly executable: string;
  readonly extensionTestsPath: string;
  readonly args: string[];
  readonly env: Record<string, string | undefined>;
}

async function runWindow(
  { extension, restricted }: HostedWindow,
  { executable, extensionTestsPath, args, env }: WindowRun,
): Promise<void> {
  if (!restricted) {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: extension,
      extensionTestsPath,
      launchArgs: args,
      extensionTestsEnv: env,
    });
    return;
  }
  // The runner trusts every folder, whatever it is told.
  const tests = [
    `--extensionDevelopmentPath=${extension}`,
    `--extensionTestsPath=${extensionTestsPath}`,
  ];
  const options = ['--no-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes'];
  const child = spawn(executable, [...args, ...options, ...tests], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`VS Code ended with ${code ?? 'a signal'}`);
}

// An interrupt reaches VS Code too, whose end then leads here to the clean-up.
process.on('SIGINT', () => {});

runHostedTests(process.argv[2] ?? 'vscode').then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);

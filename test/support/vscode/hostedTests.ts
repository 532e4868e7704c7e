// Runs the tests of test/vscode inside a real VS Code: the desktop one where it can be downloaded
// and shown, else the one of npm's code-server in a headless browser. Environment variables:
// LEAKLINE_VSCODE          `desktop` or `server` insists on one of them
// LEAKLINE_TEST_WORKSPACE  the folder to open instead of the demo shop
// LEAKLINE_TEST_EXTENSION  the extension to test instead of this repository
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { projectRoot } from '../projectRoot';
import { buildHostedTests } from './buildHostedTests';
import { chromiumVariable, provideChromium } from './chromium';
import { provideDesktopVscode } from './desktopVscode';
import { openDisplay } from './display';
import { provideServerVscode } from './serverVscode';
import { windowControlVariable } from './windowActions';
import { openWindowControl } from './windowControl';

interface Vscode {
  executable: string;
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
    return { executable, env, close: () => display.close() };
  } catch (error) {
    display.close();
    throw error;
  }
}

async function serverVscode(): Promise<Vscode> {
  const [chromium] = await Promise.all([provideChromium(), provideServerVscode()]);
  const executable = path.join(projectRoot, 'test', 'support', 'vscode', 'code');
  return { executable, env: { [chromiumVariable]: chromium }, close: () => {} };
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

async function runHostedTests(): Promise<void> {
  const extensionTestsPath = await buildHostedTests();
  const vscode = await provideVscode();
  const profile = await createProfile();
  const debuggingPort = await freePort();
  const control = await openWindowControl(debuggingPort);
  const workspace = process.env['LEAKLINE_TEST_WORKSPACE'] ?? 'examples/shop';
  try {
    await runTests({
      vscodeExecutablePath: vscode.executable,
      extensionDevelopmentPath: process.env['LEAKLINE_TEST_EXTENSION'] ?? projectRoot,
      extensionTestsPath,
      launchArgs: [
        path.resolve(projectRoot, workspace),
        `--user-data-dir=${profile}`,
        `--extensions-dir=${path.join(profile, 'extensions')}`,
        `--remote-debugging-port=${debuggingPort}`,
      ],
      extensionTestsEnv: { ...vscode.env, [windowControlVariable]: control.address },
    });
  } finally {
    await control.close();
    vscode.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

// An interrupt reaches VS Code too, whose end then leads here to the clean-up.
process.on('SIGINT', () => {});

runHostedTests().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);

import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { cacheFolder } from './cachedFolder';
import { projectRoot } from '../projectRoot';
import { runCommand } from './runCommand';

/** Names the environment variable that holds the path of the Chromium (or Chrome) to use. */
export const chromiumVariable = 'LEAKLINE_CHROMIUM';

const programNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPrograms = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Switches for a Chromium that tests drive: no sandbox (containers), no traffic of its own. */
export const chromiumSwitches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Path of a Chromium that starts on this machine: the one {@link chromiumVariable} names, else an
 * installed one, else one that is installed now. Throws an error that says what was tried.
 */
export async function provideChromium(): Promise<string> {
  const named = process.env[chromiumVariable];
  if (named) {
    await checkStarts(named);
    return named;
  }
  const reasons: string[] = [];
  for (const provide of [findInstalled, installWithApt, installWithPlaywright]) {
    try {
      const program = await provide();
      await checkStarts(program);
      return program;
    } catch (error) {
      reasons.push(`- ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `A Chromium is needed and could not be had:\n${reasons.join('\n')}\n` +
      `Install Chromium or Google Chrome, or set ${chromiumVariable} to the path of one.`,
  );
}

/** Throws when `program` is not there or cannot run, for want of a library for example. */
async function checkStarts(program: string): Promise<void> {
  // On Windows `--version` would open a window instead of answering.
  if (process.platform !== 'win32') await runCommand(program, ['--version']);
}

function findInstalled(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const onPath = programNames.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const program = [...onPath, ...macPrograms].find((candidate) => existsSync(candidate));
  if (!program) throw new Error(`none of ${programNames.join(', ')} is installed`);
  return program;
}

async function installWithApt(): Promise<string> {
  if (!existsSync('/usr/bin/apt-get')) throw new Error('there is no apt-get to install it with');
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) {
    await runCommand('sudo', ['-n', 'true']).catch(() => {
      throw new Error('apt-get needs root, and sudo needs a password');
    });
  }
  const apt = async (...args: string[]) => {
    const command = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    await (isRoot ? runCommand('env', command) : runCommand('sudo', ['-n', 'env', ...command]));
  };
  console.log('Installing Chromium with apt-get.');
  await apt('update');
  // Without a font a screenshot would show no text.
  await apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  return findInstalled();
}

async function installWithPlaywright(): Promise<string> {
  console.log('Downloading Chromium with Playwright.');
  const env = { PLAYWRIGHT_BROWSERS_PATH: path.join(cacheFolder, 'playwright') };
  const cli = path.join(projectRoot, 'node_modules', 'playwright-core', 'cli.js');
  await runCommand(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { env });
  const print = `process.stdout.write(require('playwright-core').chromium.executablePath())`;
  return runCommand(process.execPath, ['-e', print], { cwd: projectRoot, env });
}

// `npm run demo:vscode`: opens the demo shop in this machine's own VS Code, with Leakline as it is here.
// Other extensions and settings of the person stay as they are.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { projectRoot } from '../test/support/projectRoot';
import { runCommand } from '../test/support/vscode/runCommand';

const SHOP = path.join('examples', 'shop');

const NEXT = `
VS Code opens the shop in a window of its own. There:
  1. Run "Leakline: Find the Leak of the Demo Shop" from the command palette; it starts the shop itself.
     Or follow the walkthrough "Find your first leak in 3 minutes" (Help: Welcome).
  2. The line gets a diagnostic; what keeps the objects alive is in the Leakline view and the panel.`;

const WITHOUT = `There is no VS Code here: no program "code" on the PATH.
  - Install it from https://code.visualstudio.com; on macOS then run
    "Shell Command: Install 'code' command in PATH" from its command palette. Or
  - npm run package, and install the .vsix in out/ by "Extensions: Install from VSIX…". Or
  - npm run demo, which shows the same in the terminal.`;

/**
 * @returns false if there is no `code` on the PATH
 * @throws if it fails
 */
async function openVscode(): Promise<boolean> {
  const args = ['--new-window', `--extensionDevelopmentPath=${projectRoot}`, SHOP];
  const child = spawn('code', args, {
    cwd: projectRoot,
    stdio: 'inherit',
    // There it is a batch file.
    shell: process.platform === 'win32',
  });
  const started = await once(child, 'exit').catch(() => undefined);
  if (!started) return false;
  const [exitCode] = started as [number | null];
  if (exitCode !== 0) throw new Error(`VS Code did not open: it ended with exit code ${exitCode}.`);
  return true;
}

async function main(): Promise<void> {
  await runCommand(process.execPath, ['esbuild.mjs'], { cwd: projectRoot });
  if (await openVscode()) {
    console.log(NEXT);
    return;
  }
  console.error(WITHOUT);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

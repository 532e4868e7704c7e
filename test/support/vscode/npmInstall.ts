import { runCommand } from './runCommand';

/** Installs npm packages below `folder`. None of their scripts is run. */
export async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  // Packages ask for the newer Node.js that they will run with, not for the one npm runs with.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
  const options = ['--prefix', folder, '--ignore-scripts', ...quiet];
  await runCommand('npm', ['install', ...options, ...args], { cwd: folder });
}

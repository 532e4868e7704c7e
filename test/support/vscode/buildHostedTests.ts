import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import { build } from 'esbuild';
import { outputFolder, projectRoot } from '../projectRoot';

/**
 * Bundles the tests that run inside VS Code, and the entry that finds and runs them.
 * @returns the path of the bundled entry, for `extensionTestsPath`
 */
export async function buildHostedTests(): Promise<string> {
  const outdir = path.join(outputFolder, 'vscode');
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['test/vscode/index.ts', 'test/vscode/*/**/*.test.ts'],
    outbase: 'test/vscode',
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.js');
}

// `npm run build:hosted-tests`, for a debugger that starts the tests itself.
if (require.main === module) void buildHostedTests();

// `npm run package`: makes out/leakline-VERSION.vsix of what the extension needs to run, and nothing
// else: minified bundles, pictures, the demo shop and the leak gym.
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import * as path from 'node:path';
import { outputFolder, projectRoot } from '../test/support/projectRoot';
import { runCommand } from '../test/support/vscode/runCommand';

/** Where the files of the package are gathered. */
export const packageFolder = path.join(outputFolder, 'extension');

/** Copied as they are. Tests, sources and source maps of Leakline itself stay out. */
const COPIED = [
  'CHANGELOG.md',
  'LICENSE',
  'docs/images',
  'docs/shapes',
  'examples/shop/dist',
  'examples/shop/src',
  'examples/shop/traffic.mjs',
  'gym',
  'l10n',
  'media',
  'src/report/knownFindings.schema.json',
  ...readdirSync(projectRoot).filter((name) => /^package\.nls(\..+)?\.json$/.test(name)),
];
/** Of those folders: what only the evaluation reads. */
const LEFT_OUT = /[\\/]expected\.json$/;

/** What the gallery has no use for, or what would make vsce look for more files. */
const DEVELOPMENT_FIELDS = ['scripts', 'devDependencies', 'dependencies', 'overrides'];
const NPM_FIELDS = ['files', 'exports', 'bin'];

interface Manifest {
  name: string;
  version: string;
  repository?: unknown;
  [field: string]: unknown;
}

/**
 * Builds and packages the extension.
 * @returns the absolute path of the .vsix
 * @throws with what the bundler or vsce says
 */
export async function packageExtension(): Promise<string> {
  rmSync(packageFolder, { recursive: true, force: true });
  mkdirSync(packageFolder, { recursive: true });
  await runCommand(process.execPath, ['esbuild.mjs', '--package'], { cwd: projectRoot });
  for (const name of COPIED) {
    cpSync(path.join(projectRoot, name), path.join(packageFolder, name), {
      recursive: true,
      filter: (file) => !LEFT_OUT.test(file),
    });
  }
  const manifest = writeManifest();
  cpSync(path.join(projectRoot, 'docs', 'gallery.md'), path.join(packageFolder, 'README.md'));

  const file = path.join(outputFolder, `${manifest.name}-${manifest.version}.vsix`);
  const vsce = require.resolve('@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--out', file];
  // With a repository vsce makes the pictures of the README links into it. Without one they stay links
  // into the package; as data in the text they kept VS Code's page of the extension from showing.
  if (!manifest.repository) {
    options.push('--allow-missing-repository', '--no-rewrite-relative-links');
  }
  await runCommand(process.execPath, [vsce, 'package', ...options], { cwd: packageFolder });
  return file;
}

function writeManifest(): Manifest {
  const text = readFileSync(path.join(projectRoot, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  for (const field of [...DEVELOPMENT_FIELDS, ...NPM_FIELDS]) delete manifest[field];
  writeFileSync(path.join(packageFolder, 'package.json'), JSON.stringify(manifest, null, 2));
  return manifest;
}

async function main(): Promise<void> {
  const file = await packageExtension();
  const kilobytes = Math.round(statSync(file).size / 1000);
  console.log(`${path.relative(projectRoot, file)}: ${kilobytes} kB`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

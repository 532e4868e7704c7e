import { createHash } from 'node:crypto';
import { constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { cachedFolder, cacheFolder } from '../support/vscode/cachedFolder';
import { projectRoot } from '../support/projectRoot';
import { runToEnd } from './childProcess';
import type { EvalCase, Patch, Variant } from './evalCase';
import { renameIdentifiers } from './renameIdentifiers';

interface PackageJson {
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

export interface PrepareOptions {
  readonly variant: Variant;
  /** Renames all identifiers of the case's own sources at random. */
  readonly renameSeed?: number;
  readonly signal: AbortSignal;
}

const CACHE = path.join(cacheFolder, 'eval');
const LIMIT_SECONDS = 300;
const NPM_OPTIONS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * A copy of the case that is ready to run: installed, patched, renamed, built. The case's own folder
 * is only read. The caller removes the copy.
 * @returns its absolute path
 */
export async function prepareCase(evalCase: EvalCase, options: PrepareOptions): Promise<string> {
  await mkdir(path.join(CACHE, 'runs'), { recursive: true });
  const folder = await mkdtemp(path.join(CACHE, 'runs', `${evalCase.name}-${options.variant}-`));
  try {
    await cp(evalCase.folder, folder, { recursive: true, filter: isNoInstallation });
    const fix = options.variant === 'fixed' ? evalCase.fixed : undefined;
    if (fix?.dependencies) changeDependencies(folder, fix.dependencies);
    await provideDependencies(folder, options.signal);
    for (const patch of fix?.patch ?? []) applyPatch(folder, patch);
    if (options.renameSeed !== undefined) renameIdentifiers(folder, options.renameSeed);
    if (readPackage(folder).scripts?.build) await build(folder, options.signal);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function isNoInstallation(file: string): boolean {
  return path.basename(file) !== 'node_modules';
}

function readPackage(folder: string): PackageJson {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as PackageJson;
}

function changeDependencies(folder: string, versions: Readonly<Record<string, string>>): void {
  const changed = readPackage(folder);
  for (const [name, version] of Object.entries(versions)) {
    const section = changed.devDependencies?.[name] ? 'devDependencies' : 'dependencies';
    changed[section] = { ...changed[section], [name]: version };
  }
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(changed, null, 2));
}

/** Installs what the lock file asks for, once for all runs with the same one. */
async function provideDependencies(folder: string, signal: AbortSignal): Promise<void> {
  const { dependencies, devDependencies } = readPackage(folder);
  const wanted = JSON.stringify({ dependencies, devDependencies });
  if (Object.keys({ ...dependencies, ...devDependencies }).length === 0) return;
  const lockFile = path.join(folder, 'package-lock.json');
  const lock = existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : '';
  const hash = createHash('sha256').update(wanted).update(lock).digest('hex').slice(0, 20);
  await mkdir(path.join(CACHE, 'installs'), { recursive: true });
  const installed = await cachedFolder(path.join('eval', 'installs', hash), async (partial) => {
    for (const name of ['package.json', 'package-lock.json']) {
      const file = path.join(folder, name);
      if (existsSync(file)) await cp(file, path.join(partial, name));
    }
    // A twin with other versions than the lock file's is not for `npm ci`.
    const asLocked = lock !== '' && matchesLock(wanted, lock);
    const options = { cwd: partial, signal, limitSeconds: LIMIT_SECONDS };
    await runToEnd('npm', [asLocked ? 'ci' : 'install', ...NPM_OPTIONS], options);
  });
  // A copy, because a linked folder would give its scripts the URLs of the cache.
  await cp(path.join(installed, 'node_modules'), path.join(folder, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  });
}

function matchesLock(wanted: string, lock: string): boolean {
  const { packages } = JSON.parse(lock) as { packages?: Record<string, PackageJson> };
  const locked = packages?.[''];
  return Object.entries(JSON.parse(wanted) as Required<PackageJson>).every(([section, versions]) =>
    Object.entries(versions).every(
      ([name, version]) => locked?.[section as 'dependencies']?.[name] === version,
    ),
  );
}

function applyPatch(folder: string, { file, find, regex, replace }: Patch): void {
  const target = path.join(folder, file);
  const before = readFileSync(target, 'utf8');
  // As a function, so that `$` in the new text means nothing.
  const after =
    regex === undefined
      ? before.replace(find ?? '', () => replace)
      : before.replace(new RegExp(regex), replace);
  if (after === before) throw new Error(`The patch of ${file} does not apply.`);
  writeFileSync(target, after);
}

async function build(folder: string, signal: AbortSignal): Promise<void> {
  const tools = path.join(projectRoot, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${tools}${path.delimiter}${process.env.PATH}` };
  await runToEnd('npm', ['run', 'build'], {
    cwd: folder,
    env,
    signal,
    limitSeconds: LIMIT_SECONDS,
  });
}

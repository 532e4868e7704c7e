import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * The licenses of the packages that have gone into bundles, as those ask for.
 * @param {readonly import('esbuild').Metafile[]} metafiles of the builds
 * @param {string} root of this project: all packages lie below it
 * @returns {string}
 */
export function thirdPartyNotices(metafiles, root) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.keys(output.inputs)),
  );
  // A build in a folder below begins with the way up from there.
  const folders = inputs.map((input) => PACKAGE_FOLDER.exec(input.replace(/^(\.\.\/)+/, ''))?.[0]);
  const packages = [...new Set(folders)].filter((folder) => folder !== undefined).sort();
  const notices = packages.map((folder) => noticeOf(path.join(root, folder)));
  return `Leakline contains parts of these packages.\n\n${notices.join('\n')}`;
}

function noticeOf(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = manifest;
  const texts = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  // Some packages name their license and come without its text.
  if (texts.length === 0) texts.push(manifest.repository?.url ?? manifest.homepage);
  return `${'-'.repeat(72)}\n${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}

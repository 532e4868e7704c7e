// `npm run l10n`: collects what the extension and its panel say in l10n/bundle.l10n.json, which
// translators start from. `--check` changes nothing, and fails if that file is not up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { projectRoot } from '../test/support/projectRoot';

const FOLDERS = ['src/extension', 'src/webview'];
const BUNDLE = 'l10n/bundle.l10n.json';

/** The texts of all `l10n.t` calls, as VS Code wants them, in an order that does not move with code. */
async function exportStrings(): Promise<string> {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.join(projectRoot, folder, name)),
  );
  const strings = await getL10nJson(
    files.map((file) => ({
      extension: file.endsWith('x') ? '.tsx' : '.ts',
      contents: readFileSync(file, 'utf8'),
    })),
  );
  const sorted = Object.entries(strings).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

async function main(): Promise<void> {
  const file = path.join(projectRoot, BUNDLE);
  const text = await exportStrings();
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    throw new Error(`${BUNDLE} is not up to date. Run npm run l10n, then translate what is new.`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

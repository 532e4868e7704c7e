import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * Makes a language known to the VS Code of a profile, as installing a language pack does. It translates
 * nothing of VS Code itself: extensions are asked for what they have.
 */
export async function addLanguage(profile: string, language: string): Promise<void> {
  const folder = path.join(profile, `language-pack-${language}`);
  const translation = path.join(folder, 'main.i18n.json');
  await mkdir(folder);
  await writeFile(translation, JSON.stringify({ version: '1.0.0', contents: {} }));
  const identifier = { id: `leakline-tests.language-pack-${language}` };
  const pack = {
    hash: 'none',
    extensions: [{ extensionIdentifier: identifier, version: '1.0.0' }],
    translations: { vscode: translation },
    label: language,
  };
  const file = path.join(profile, 'languagepacks.json');
  await writeFile(file, JSON.stringify({ [language]: pack }));
}

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { statusTooltip } from '../../../src/extension/views/statusText';
import { nlsKey, readJson } from '../../support/localizedManifest';
import { projectRoot } from '../../support/projectRoot';

type Message = string | { readonly message: string };
type Messages = Readonly<Record<string, Message>>;

/** Both files that translators work on, with the folder and name that VS Code expects. */
const SOURCES = ['package.nls', 'l10n/bundle.l10n'];

const languages = readdirSync(projectRoot).flatMap(
  (name) => /^package\.nls\.(.+)\.json$/.exec(name)?.[1] ?? [],
);

describe('package.nls.json', () => {
  it('has the texts that package.json names, and no others', () => {
    const manifest = readFileSync(path.join(projectRoot, 'package.json'), 'utf8');
    const used: string[] = [];
    JSON.parse(manifest, (_, value: unknown) => {
      const key = typeof value === 'string' ? nlsKey(value) : undefined;
      if (key !== undefined) used.push(key);
      return value;
    });
    assert.notEqual(used.length, 0);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(readMessages('package.nls')).sort());
  });
});

describe('Translations', () => {
  it('are there', () => assert.deepEqual(languages, ['de']));

  for (const language of languages) {
    for (const source of SOURCES) {
      it(`to ${language} have every text of ${source}.json with its placeholders and links`, () => {
        const english = readMessages(source);
        const translated = readMessages(`${source}.${language}`);
        assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
        for (const [key, message] of Object.entries(english)) {
          const translation = textOf(translated[key]);
          assert.notEqual(translation.trim(), '', key);
          assert.deepEqual(fixedParts(translation), fixedParts(textOf(message)), key);
        }
      });
    }
  }

  it('are what files without VS Code say once they are configured', () => {
    const status = { attached: undefined, heap: [2_000_000], busyWith: undefined };
    const tooltip = () => statusTooltip({ ...status, isWaiting: false });
    assert.match(tooltip(), /^Heap: 2(\.0)? MB used, steady$/m);
    try {
      l10n.config({ contents: JSON.stringify(readJson('l10n/bundle.l10n.de.json')) });
      assert.match(tooltip(), /^Heap: 2(\.0)? MB belegt, gleichbleibend$/m);
    } finally {
      l10n.config({ contents: {} });
    }
  });
});

function readMessages(name: string): Messages {
  return readJson(`${name}.json`) as Messages;
}

function textOf(message: Message | undefined): string {
  return typeof message === 'object' ? message.message : (message ?? '');
}

/** What a translation must leave as it is, in any order: placeholders, links, code. */
function fixedParts(text: string): string[] {
  return (text.match(/\{\d+\}|\]\([^)]*\)|`[^`]*`/g) ?? []).sort();
}

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../../../src/extension/commands';
import { CONTEXT_KEYS } from '../../../src/extension/contextKeys';
import { DEFAULT_SETTINGS } from '../../../src/extension/settings';
import { projectRoot } from '../../support/projectRoot';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when?: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
    };
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
}

const manifest = JSON.parse(
  readFileSync(path.join(projectRoot, 'package.json'), 'utf8'),
) as Manifest;
const { contributes, capabilities } = manifest;
const ids = Object.keys(COMMANDS).sort();

describe('package.json and the command table', () => {
  it('declare the same commands', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), ids);
  });

  it('put every command under the category Leakline', () => {
    for (const { command, category } of contributes.commands) {
      assert.equal(category, 'Leakline', command);
    }
  });

  it('keep internal commands, and only those, out of the palette', () => {
    const hidden = contributes.menus.commandPalette.filter(({ when }) => when === 'false');
    const internal = Object.entries(COMMANDS).filter(([, use]) => use === 'internal');
    assert.deepEqual(
      hidden.map(({ command }) => command),
      internal.map(([id]) => id),
    );
  });

  it('offer only commands that exist, in menus and in welcomes', () => {
    const offered = Object.values(contributes.menus)
      .flat()
      .map(({ command }) => command);
    const linked = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/command:([\w.]+)/g)].map(([, id]) => id),
    );
    assert.notEqual(linked.length, 0);
    for (const id of [...offered, ...linked]) assert.ok(ids.includes(id), id);
  });

  it('go by context keys that the extension sets', () => {
    const clauses = [
      ...contributes.commands.map(({ enablement }) => enablement),
      ...Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when)),
      ...contributes.viewsWelcome.map(({ when }) => when),
    ];
    const used = clauses.flatMap((clause) => clause?.match(/leakline\.\w+/g) ?? []);
    const known: string[] = [...CONTEXT_KEYS, 'leakline.overview', 'leakline.retainers'];
    assert.notEqual(used.length, 0);
    for (const key of used) assert.ok(known.includes(key), key);
  });

  it('declare the settings that are read, with the same defaults', () => {
    const declared = Object.entries(contributes.configuration.properties).map(
      ([name, setting]) => [name.replace(/^leakline\./, ''), setting.default] as const,
    );
    assert.deepEqual(Object.fromEntries(declared), DEFAULT_SETTINGS);
  });

  it('let no untrusted workspace say what is run or attached to, or slow a program down', () => {
    assert.deepEqual([...capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), [
      'leakline.attachAddress',
      'leakline.driveCommand',
      'leakline.trackAllocations',
    ]);
  });

  it('name icons that are there', () => {
    const icons = [manifest.icon, ...contributes.viewsContainers.activitybar.map((c) => c.icon)];
    for (const icon of icons) assert.ok(existsSync(path.join(projectRoot, icon)), icon);
  });
});

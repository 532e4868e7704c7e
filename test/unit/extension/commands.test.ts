import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS, NEEDS_TRUST } from '../../../src/extension/commands';
import { CONTEXT_KEYS } from '../../../src/extension/contextKeys';
import { LINE_SETTINGS } from '../../../src/extension/editor/lineSettings';
import { DEFAULT_SETTINGS, KEEP_SNAPSHOTS_DAYS } from '../../../src/extension/settings';
import { localizedManifest } from '../../support/localizedManifest';
import { projectRoot } from '../../support/projectRoot';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Setting {
  readonly default: unknown;
  readonly markdownDescription?: string;
}

interface WalkthroughStep {
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
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
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when?: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
    readonly walkthroughs: readonly { readonly steps: readonly WalkthroughStep[] }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
}

const manifest = localizedManifest() as Manifest;
const { contributes, capabilities } = manifest;
const ids = Object.keys(COMMANDS).sort();
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const stepTexts = steps.map(({ description }) => description);
const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));

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
    const texts = [...contributes.viewsWelcome.map(({ contents }) => contents), ...stepTexts];
    const linked = texts.flatMap((text) =>
      [...text.matchAll(/command:(leakline[\w.]+)/g)].map(([, id]) => id),
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
    const completing = steps.flatMap(({ completionEvents }) =>
      completionEvents.filter((event) => event.startsWith('onContext:')),
    );
    const used = [...clauses, ...completing].flatMap(
      (clause) => clause?.match(/leakline\.\w+/g) ?? [],
    );
    const views = Object.values(contributes.views).flat();
    const known: string[] = [...CONTEXT_KEYS, ...views.map(({ id }) => id), 'leakline.retainers'];
    assert.notEqual(used.length, 0);
    for (const key of used) assert.ok(known.includes(key), key);
  });

  it('declare the settings that are read, with the same defaults', () => {
    const declared = settings.map(
      ([name, setting]) => [name.replace(/^leakline\./, ''), setting.default] as const,
    );
    assert.deepEqual(Object.fromEntries(declared), {
      ...DEFAULT_SETTINGS,
      ...LINE_SETTINGS,
      keepSnapshotsDays: KEEP_SNAPSHOTS_DAYS,
      pathMappings: [],
    });
  });

  it('describe every setting, under a title', () => {
    for (const { title } of contributes.configuration) assert.match(title, /^[A-Z]/);
    for (const [name, { markdownDescription }] of settings) assert.ok(markdownDescription, name);
  });

  it('offer nothing in Restricted Mode that reaches for a process', () => {
    assert.notEqual(NEEDS_TRUST.size, 0);
    for (const { command, enablement = '' } of contributes.commands) {
      const needsTrust = (NEEDS_TRUST as ReadonlySet<string>).has(command);
      assert.equal(enablement.includes('isWorkspaceTrusted'), needsTrust, command);
    }
    const items = Object.values(contributes.menus).flat();
    const processItems = items.filter(
      ({ command, when }) => (NEEDS_TRUST as ReadonlySet<string>).has(command) && when !== 'false',
    );
    for (const { command, when = '' } of processItems) {
      assert.ok(when.includes('isWorkspaceTrusted'), command);
    }
  });

  it('give every step of a walkthrough a picture, something to do, and an end', () => {
    assert.notEqual(steps.length, 0);
    for (const { description, media, completionEvents } of steps) {
      assert.match(description, /\]\(command:leakline\./);
      assert.match(readFileSync(path.join(projectRoot, media.svg), 'utf8'), /^<svg .*viewBox=/);
      assert.notEqual(media.altText, '');
      assert.notEqual(completionEvents.length, 0);
    }
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    for (const [, id] of events.join().matchAll(/onCommand:([\w.]+)/g))
      assert.ok(ids.includes(id), id);
  });

  it('let no untrusted workspace say what is run or attached to, or slow a program down', () => {
    assert.deepEqual([...capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), [
      'leakline.attachAddress',
      'leakline.driveCommand',
      'leakline.pathMappings',
      'leakline.trackAllocations',
    ]);
  });

  it('name icons that are there', () => {
    const icons = [manifest.icon, ...contributes.viewsContainers.activitybar.map((c) => c.icon)];
    for (const icon of icons) assert.ok(existsSync(path.join(projectRoot, icon)), icon);
  });
});

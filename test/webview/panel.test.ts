import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { RpcHandlers } from '../../src/base/rpc';
import type {
  FindingSelection,
  PanelContract,
  PanelRetainersRequest,
  PanelView,
  PlaceReference,
} from '../../src/webview/panelContract';
import { outputFolder, projectRoot } from '../support/projectRoot';
import { startPanelHarness, type OpenPanel, type PanelHarness } from './panelHarness';
import { retainerPage, RETAINERS, shopResult } from './shopResult';
import { themes, type ThemeName } from './themes';

/** The extension's side: answers as it does, and remembers what it was asked. */
class FakeExtension {
  readonly asked: PanelRetainersRequest[] = [];
  readonly opened: PlaceReference[] = [];
  readonly selected: FindingSelection[] = [];
  readonly copied: string[] = [];
  view: PanelView | undefined = { result: shopResult, rank: 1 };
  /** Of each object. */
  retainers = RETAINERS;
  failure: Error | undefined;
  private held: Promise<void> | undefined;

  /** Keeps answers about retainers back until the result is called. */
  holdAnswers(): () => void {
    let release!: () => void;
    this.held = new Promise((resolve) => (release = resolve));
    return release;
  }

  readonly handlers: RpcHandlers<PanelContract> = {
    view: () => this.view,
    select: (selection) => void this.selected.push(selection),
    retainers: async (request) => {
      this.asked.push(request);
      await this.held;
      if (this.failure) throw this.failure;
      const total = request.filter === '' ? this.retainers : Math.min(this.retainers, 12);
      return retainerPage(request.node, request.offset, request.count, total);
    },
    open: (place) => {
      if (this.failure) throw this.failure;
      this.opened.push(place);
    },
    copy: (text) => void this.copied.push(text),
  };
}

describe('The panel', () => {
  let harness: PanelHarness;
  let extension: FakeExtension;
  let panel: OpenPanel;

  before(async function () {
    // A Chromium may have to be installed first.
    this.timeout(300_000);
    harness = await startPanelHarness();
  });
  after(() => harness.close());

  beforeEach(async () => {
    extension = new FakeExtension();
    panel = await harness.open(extension.handlers);
    await row(0).waitFor();
  });
  afterEach(async () => {
    await panel.close();
    assert.deepEqual(panel.problems, []);
  });

  const rows = () => panel.page.getByRole('treeitem');
  const row = (index: number) => rows().nth(index);
  const press = (key: string) => panel.page.keyboard.press(key);
  const focused = () =>
    panel.page.evaluate<string>('document.activeElement.querySelector(".name, .status").innerText');

  it('shows the finding, its lines and its chain from the root to the leaked object', async () => {
    const { page } = panel;
    assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /^recentCarts Map in/);
    assert.deepEqual(await page.locator('.sites li').allInnerTexts(), [
      'Added here\nsrc/cart/cartHistory.ts:41\nrecentCarts.set(cart.id, new CartSnapshot(cart, request));',
      'Kept here\nsrc/cart/cartHistory.ts:8\nconst recentCarts = new Map<string, CartSnapshot>();',
    ]);
    assert.deepEqual(
      (await rows().allInnerTexts()).map((text) => text.replaceAll('\n', ' ')),
      [
        '(GC root) @1',
        'recentCarts → Context @7121',
        '.recentCarts → Map @7129 src/cart/cartHistory.ts:8',
        'table → Array @7131',
        'Leaked [key] → CartSnapshot @90211 src/cart/cartSnapshot.ts:12',
      ],
    );
  });

  it('speaks the language of the window', async () => {
    const german = await harness.open(new FakeExtension().handlers, 'dark', 'de');
    try {
      const { page, problems } = german;
      await page.getByRole('heading', { name: 'Was es am Leben hält' }).waitFor();
      await page.getByRole('button', { name: 'Pfad kopieren' }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'de');
      assert.deepEqual(problems, []);
    } finally {
      await german.close();
    }
  });

  it('charts what grew at the finding beside the memory of the process', async () => {
    const charts = panel.page.locator('.charts');
    const canvas = charts.locator('canvas');
    await canvas.nth(1).waitFor();
    assert.deepEqual(await charts.locator('figcaption').allInnerTexts(), [
      'This finding since the baseline',
      'Memory after each round',
    ]);
    const growth = charts.getByRole('img', { name: 'This finding since the baseline' });
    assert.match((await growth.getAttribute('aria-label'))!, /CartSnapshot 0 B → 37\.2 MB$/);
    await charts.getByText('As a table').first().click();
    assert.deepEqual(await charts.locator('.growth').first().locator('td').allInnerTexts(), [
      '0 B in 0 objects',
      '12.4 MB in 1,200 objects',
      '24.8 MB in 2,400 objects',
      '37.2 MB in 3,600 objects',
    ]);
  });

  it('keeps the chart of the process when another finding is shown', async () => {
    const whole = panel.page.locator('.growth').nth(1).locator('canvas');
    await whole.waitFor();
    await panel.page.evaluate(`document.querySelectorAll('canvas')[1].title = 'drawn before'`);
    panel.server.emit('viewChanged', { result: shopResult, rank: 2 });
    await panel.page.getByRole('img', { name: /Function onWarning 0 B → 9\.3 kB$/ }).waitFor();
    assert.equal(await panel.page.locator('canvas[title="drawn before"]').count(), 1);
  });

  it('sets names as code wherever they stand in a sentence', async () => {
    for (const part of ['h1', '.evidence', '.fix']) {
      assert.equal(await panel.page.locator(`${part} code`).innerText(), 'recentCarts', part);
    }
  });

  it('asks for retainers only when a row is opened, and only for what can be seen', async () => {
    assert.deepEqual(extension.asked, []);
    await row(2).click();
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    const page = { resultId: 1, node: 102, count: 200, filter: '' };
    assert.deepEqual(extension.asked, [{ ...page, offset: 0 }]);
    await press('End');
    await panel.page.getByText('Leaked', { exact: true }).waitFor();
    await press('PageUp');
    await panel.page.getByText('.owner449', { exact: true }).waitFor();
    assert.deepEqual(extension.asked.slice(1), [{ ...page, offset: 400 }]);
  });

  it('has the roles and states of a tree', async () => {
    await row(2).click();
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    const states = await panel.page.evaluate<(string | null)[][]>(
      `[...document.querySelectorAll('[role=treeitem]')].slice(0, 4).map((row) =>
        ['aria-level', 'aria-expanded', 'aria-posinset', 'aria-setsize']
          .map((name) => row.getAttribute(name)))`,
    );
    assert.deepEqual(states, [
      ['1', null, '1', '5'],
      ['1', 'false', '2', '5'],
      ['1', 'true', '3', '5'],
      ['2', 'false', '1', '450'],
    ]);
    assert.equal(await panel.page.getByRole('tree', { name: 'What keeps it alive' }).count(), 1);
    assert.equal(await panel.page.locator('[role=treeitem][tabindex="0"]').count(), 1);
  });

  it('is worked by the keyboard alone', async () => {
    await row(0).focus();
    await press('End');
    assert.equal(await focused(), '[key] → CartSnapshot @90211');
    await press('Enter');
    await press('Home');
    await press('ArrowDown');
    await press('ArrowDown');
    assert.equal(await focused(), '.recentCarts → Map @7129');
    await press('ArrowRight');
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    await press('ArrowRight');
    assert.equal(await focused(), '.owner0 in CartService @10001');
    await press('Enter');
    await press('ArrowLeft');
    await press('ArrowLeft');
    assert.equal(await row(2).getAttribute('aria-expanded'), 'false');
    assert.deepEqual(extension.opened, [
      { kind: 'step', resultId: 1, rank: 1, index: 4 },
      { kind: 'code', resultId: 1, scriptId: 88, line: 18, column: 2 },
    ]);
  });

  it('keeps the focus in the tree when the row that has it gives way to what was loaded', async () => {
    const answer = extension.holdAnswers();
    await row(2).focus();
    await press('ArrowRight');
    await panel.page.getByText('Loading…').waitFor();
    await press('ArrowRight');
    assert.equal(await focused(), 'Loading…');
    answer();
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    assert.equal(await focused(), '.owner0 in CartService @10001');
  });

  it('shows where the focus is', async () => {
    await row(0).focus();
    await press('ArrowDown');
    const outline = await panel.page.evaluate('getComputedStyle(document.activeElement).outline');
    assert.equal(await focused(), 'recentCarts → Context @7121');
    assert.equal(outline, 'rgb(0, 120, 212) solid 1px');
  });

  it('opens a line with a click, and does not open the row with it', async () => {
    await row(2).getByRole('button').click();
    await panel.page.getByRole('button', { name: 'src/cart/cartHistory.ts:41' }).click();
    assert.deepEqual(extension.opened, [
      { kind: 'step', resultId: 1, rank: 1, index: 2 },
      { kind: 'site', resultId: 1, rank: 1, index: 0 },
    ]);
    assert.deepEqual(extension.asked, []);
  });

  it('says when a line cannot be opened', async () => {
    extension.failure = new Error('Cannot open src/cart/cartHistory.ts.');
    await row(2).getByRole('button').click();
    const alert = panel.page.getByRole('alert');
    assert.equal(await alert.innerText(), 'Cannot open src/cart/cartHistory.ts.');
  });

  it('says when retainers cannot be had, and tries again', async () => {
    extension.failure = new Error('The worker ended.');
    await row(2).click();
    const failed = panel.page.getByText('The worker ended. Try again');
    await failed.waitFor();
    extension.failure = undefined;
    await failed.click();
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
  });

  it('renders names of the target as text', async () => {
    await row(2).click();
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    assert.equal(
      await row(4).locator('.name').innerText(),
      '<img src=x onerror="document.title=\'hacked\'"> in <b>Bold</b> @10003',
    );
    assert.equal(await panel.page.locator('img, b').count(), 0);
    assert.equal(await panel.page.title(), 'Leakline');
  });

  it('runs no code but its own', async () => {
    await panel.page.evaluate(`
      const script = document.createElement('script');
      script.textContent = "document.title = 'hacked'";
      document.body.append(script);
      const button = document.createElement('button');
      button.setAttribute('onclick', "document.title = 'hacked'");
      document.body.append(button);
      button.click();`);
    assert.equal(await panel.page.title(), 'Leakline');
    const refused = panel.problems.splice(0);
    assert.equal(refused.length, 2);
    for (const problem of refused) assert.match(problem, /Content Security Policy/);
  });

  it('lets the extension decide which finding is shown', async () => {
    await panel.page.getByRole('option', { name: /Listeners/ }).click();
    assert.deepEqual(extension.selected, [{ resultId: 1, rank: 2 }]);
    panel.server.emit('viewChanged', { result: shopResult, rank: 2 });
    await panel.page.getByRole('heading', { level: 1, name: /^Listeners/ }).waitFor();
    assert.equal(await rows().count(), 3);
  });

  it('moves between findings with the arrow keys', async () => {
    await panel.page.getByRole('option', { name: /recentCarts/ }).focus();
    await press('ArrowDown');
    await press('ArrowUp');
    assert.deepEqual(extension.selected, [{ resultId: 1, rank: 2 }]);
  });

  it('comes back as it was left after it was hidden', async () => {
    await row(2).click();
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    await press('ArrowRight');
    await press('ArrowRight');
    await panel.page.locator('[aria-level="3"]').first().waitFor();
    await panel.page.evaluate(
      `new Promise((resolve) => {
        addEventListener('scrollend', resolve, { once: true });
        scrollTo(0, 300);
      })`,
    );
    extension.asked.splice(0);

    await panel.page.reload();
    await panel.page.locator('[aria-level="3"]').first().waitFor();
    assert.deepEqual(
      extension.asked.map(({ node }) => node),
      [102, 102_000],
    );
    assert.equal(await panel.page.evaluate('scrollY'), 300);
    const tabbable = panel.page.locator('[role=treeitem][tabindex="0"] .name');
    assert.equal(await tabbable.innerText(), '.owner0 in CartService @10001');
  });

  it('starts anew with another result', async () => {
    await row(2).click();
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    panel.server.emit('viewChanged', {
      result: { ...shopResult, id: 2, heap: 'another.heapsnapshot' },
      rank: 1,
    });
    await panel.page.getByText('.owner0', { exact: true }).waitFor({ state: 'detached' });
    await row(2).click();
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    assert.equal(extension.asked.at(-1)?.resultId, 2);
  });

  it('says what to do once everything was cleared', async () => {
    panel.server.emit('viewChanged', undefined);
    await panel.page.getByText('No findings. Run “Leakline: Find Leaks…”').waitFor();
    assert.equal(await rows().count(), 0);
  });

  it('says which memory grows before anything else', async () => {
    const headline = 'The JavaScript heap is flat; 2.0 MB more of ArrayBuffers each round.';
    const report = { ...shopResult.report, headline };
    panel.server.emit('viewChanged', { result: { ...shopResult, id: 3, report }, rank: 1 });
    await panel.page.locator('.summary .headline').getByText(headline).waitFor();
  });

  it('counts apart what is ignored', async () => {
    panel.server.emit('viewChanged', { result: { ...shopResult, id: 3, ignored: 2 }, rank: 1 });
    await panel.page.locator('.summary').getByText('2 ignored · 3 rounds').waitFor();
  });

  it('tells of a clean run', async () => {
    const report = { ...shopResult.report, verdict: 'clean', findings: [], notices: [] } as const;
    panel.server.emit('viewChanged', {
      result: { ...shopResult, id: 3, report },
      rank: undefined,
    });
    await panel.page.getByText('No leak found').waitFor();
  });
});

describe('The panel over a million retainers', () => {
  const MILLION = 1_000_000;
  let harness: PanelHarness;
  let extension: FakeExtension;
  let panel: OpenPanel;

  before(async function () {
    this.timeout(300_000);
    harness = await startPanelHarness();
  });
  after(() => harness.close());

  beforeEach(async () => {
    extension = new FakeExtension();
    extension.retainers = MILLION;
    panel = await harness.open(extension.handlers);
    await rowAt('2').click();
    await rowAt('2/0').getByText('.owner0', { exact: true }).waitFor();
    extension.asked.splice(0);
  });
  afterEach(async () => {
    await panel.close();
    assert.deepEqual(panel.problems, []);
  });

  const rowAt = (key: string) => panel.page.locator(`[data-key="${key}"]`);
  const press = (key: string) => panel.page.keyboard.press(key);
  const focusedKey = () =>
    panel.page.evaluate<string | undefined>('document.activeElement.dataset.key');
  const rowsInDocument = () => panel.page.getByRole('treeitem').count();
  const scrollTo = (where: string) =>
    panel.page.evaluate(`(() => {
      const tree = document.querySelector('.tree');
      tree.scrollTop = ${where};
    })()`);

  it('has few rows in the document, wherever it is scrolled to', async () => {
    for (const share of [0, 0.3, 0.99]) {
      await scrollTo(`${share} * tree.scrollHeight`);
      await panel.page.locator('.row.object.retainer').first().waitFor();
      assert.ok((await rowsInDocument()) < 100);
    }
  });

  it('leads to the very last row by the keyboard, and keeps the focus in it', async () => {
    await rowAt('2').focus();
    await press('End');
    await rowAt('4').waitFor();
    assert.equal(await focusedKey(), '4');
    await press('ArrowUp');
    await press('ArrowUp');
    const last = rowAt(`2/${MILLION - 1}`);
    await last.getByText(`.owner${MILLION - 1}`, { exact: true }).waitFor();
    assert.equal(await last.getAttribute('aria-posinset'), String(MILLION));
    assert.equal(await last.getAttribute('aria-setsize'), String(MILLION));
    assert.equal(await last.isVisible(), true);
    await press('Home');
    assert.equal(await focusedKey(), '0');
    assert.equal(extension.asked.length, 1);
  });

  it('keeps the focus in a row that is scrolled out of view', async () => {
    await rowAt('2/1').focus();
    await scrollTo('tree.scrollHeight / 2');
    await panel.page.locator(`.row.object.retainer:not([data-key="2/1"])`).first().waitFor();
    assert.equal(await focusedKey(), '2/1');
    await press('ArrowDown');
    assert.equal(await focusedKey(), '2/2');
    assert.equal(await rowAt('2/2').isVisible(), true);
  });

  it('shows placeholders of the same height, and asks only for what can be seen in the end', async () => {
    const answer = extension.holdAnswers();
    for (let step = 1; step <= 20; step++) await scrollTo(`(${step} / 20) * tree.scrollHeight`);
    const waiting = panel.page.locator('.row.loading');
    await waiting.first().waitFor();
    const heights = await panel.page.evaluate<number[]>(
      `[...new Set([...document.querySelectorAll('.row')].map((row) => row.offsetHeight))]`,
    );
    assert.equal(heights.length, 1);
    assert.ok(extension.asked.length <= 2);
    answer();
    await rowAt(`2/${MILLION - 1}`)
      .getByText(`.owner${MILLION - 1}`)
      .waitFor();
    assert.ok(extension.asked.length <= 4);
    for (const { count } of extension.asked) assert.ok(count <= 200);
  });

  it('reaches every row of more than an element may be high', async () => {
    await press('ArrowLeft');
    extension.retainers = 5 * MILLION;
    await press('ArrowUp');
    await press('ArrowRight');
    await rowAt('1/0').getByText('.owner0', { exact: true }).waitFor();
    await press('End');
    for (let up = 0; up < 3; up++) await press('ArrowUp');
    assert.equal(await focusedKey(), `1/${5 * MILLION - 1}`);
    await rowAt(`1/${5 * MILLION - 1}`)
      .getByText(`.owner${5 * MILLION - 1}`)
      .waitFor();
    await press('PageUp');
    await panel.page.locator('.row.object:focus').waitFor();
    const inView = await panel.page.evaluate(`(() => {
      const row = document.activeElement.getBoundingClientRect();
      const tree = document.querySelector('.tree').getBoundingClientRect();
      return row.top >= tree.top - 1 && row.bottom <= tree.bottom + 1;
    })()`);
    assert.equal(inView, true);
  });

  it('filters in the worker, and says how many it found', async () => {
    await panel.page.locator('vscode-textfield').click();
    await panel.page.keyboard.type('cart');
    await panel.page.getByText('12 found').waitFor();
    assert.deepEqual(extension.asked.at(-1), {
      ...{ resultId: 1, node: 102, offset: 0, count: 200, filter: 'cart' },
    });
    assert.equal(await panel.page.locator('.row.retainer').count(), 12);
    await panel.page.reload();
    await panel.page.getByText('12 found').waitFor();
  });

  it('leads to the filter with a key', async () => {
    await rowAt('2').focus();
    // As with caps lock on.
    await press('Control+F');
    await panel.page.keyboard.type('x');
    await panel.page.getByText('12 found').waitFor();
  });

  it('copies the path of the row with the focus', async () => {
    await rowAt('2/0').focus();
    await press('Control+c');
    await rowAt('2').focus();
    await panel.page.locator('vscode-toolbar-button[icon=copy]').click();
    panel.server.emit('copyPath', '0');
    await rowAt('2').focus();
    await press('Enter');
    await panel.page.waitForFunction('true');
    assert.deepEqual(extension.copied, [
      'CartService @10001 (src/cart/cartService.ts:19)\n  .owner0 Map @7129 (src/cart/cartHistory.ts:8)',
      '(GC root) @1\n  recentCarts Context @7121\n    .recentCarts Map @7129 (src/cart/cartHistory.ts:8)',
      '(GC root) @1',
    ]);
  });

  it('reveals the source of the row with the focus', async () => {
    await rowAt('2/1').focus();
    const reveal = panel.page.locator('vscode-toolbar-button[icon=go-to-file]');
    await reveal.waitFor({ state: 'hidden' });
    await rowAt('2/0').focus();
    await reveal.click();
    assert.deepEqual(extension.opened, [
      { kind: 'code', resultId: 1, scriptId: 88, line: 18, column: 2 },
    ]);
  });

  it('tells VS Code’s context menu of each row', async () => {
    const context = await rowAt('2/0').getAttribute('data-vscode-context');
    assert.deepEqual(JSON.parse(context!), {
      preventDefaultContextMenuItems: true,
      webviewSection: 'row',
      leaklineRow: '2/0',
      leaklinePlace: { kind: 'code', resultId: 1, scriptId: 88, line: 18, column: 2 },
    });
  });
});

describe('Steps inside Node.js', () => {
  let harness: PanelHarness;

  before(async function () {
    this.timeout(300_000);
    harness = await startPanelHarness();
  });
  after(() => harness.close());

  it('are one row, which gives way to them and keeps the focus there', async () => {
    const extension = new FakeExtension();
    extension.view = { result: { ...shopResult, stepsInsideNode: [3, 0] }, rank: 1 };
    const panel = await harness.open(extension.handlers);
    const rows = panel.page.getByRole('treeitem');
    await panel.page.getByText('3 steps inside Node.js').waitFor();
    assert.equal(await rows.count(), 3);
    await rows.first().focus();
    await panel.page.keyboard.press('Enter');
    await panel.page.getByText('(GC root)', { exact: true }).waitFor();
    assert.equal(await rows.count(), 5);
    assert.equal(await panel.page.locator('[data-key="0"]:focus').count(), 1);
    await panel.close();
  });
});

describe('The panel in VS Code’s themes', () => {
  let harness: PanelHarness;

  before(async function () {
    this.timeout(300_000);
    harness = await startPanelHarness();
  });
  after(() => harness.close());

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`takes its colours from ${theme}`, async () => {
      const extension = new FakeExtension();
      const panel = await harness.open(extension.handlers, theme);
      await panel.page.getByRole('treeitem').nth(2).click();
      await panel.page.getByText('.owner0', { exact: true }).waitFor();
      await panel.page.screenshot({
        path: path.join(outputFolder, `screenshots/panel-${theme}.png`),
      });
      await panel.page.locator('.charts').scrollIntoViewIfNeeded();
      await panel.page.screenshot({
        path: path.join(outputFolder, `screenshots/panelGrowth-${theme}.png`),
      });
      const { variables } = themes[theme];
      const shown = await panel.page.evaluate<string[]>(`
        const probe = document.createElement('i');
        document.body.append(probe);
        const rgb = (color) => { probe.style.color = color; return getComputedStyle(probe).color; };
        [
          getComputedStyle(document.body).backgroundColor,
          rgb(${JSON.stringify(variables['--vscode-editor-background'])}),
          getComputedStyle(document.querySelector('.row .link')).color,
          rgb(${JSON.stringify(variables['--vscode-textLink-foreground'])}),
        ]`);
      assert.equal(shown[0], shown[1]);
      assert.equal(shown[2], shown[3]);
      await panel.close();
      assert.deepEqual(panel.problems, []);
    });
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`is accessible in ${theme}`, async () => {
      const panel = await harness.open(new FakeExtension().handlers, theme);
      await panel.page.getByRole('treeitem').nth(2).click();
      await panel.page.getByText('.owner0', { exact: true }).waitFor();
      for (const summary of await panel.page.getByText('As a table').all()) await summary.click();
      await panel.page.evaluate(axe.source);
      const { violations } = await panel.page.evaluate<AxeResults>('axe.run()');
      const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
      assert.deepEqual(found, []);
      await panel.close();
    });
  }

  it('can be used at twice the size', async () => {
    const panel = await harness.open(new FakeExtension().handlers, 'dark');
    // What zoom does in VS Code: half as many CSS pixels, and everything twice as large.
    await panel.page.setViewportSize({ width: 450, height: 380 });
    await panel.page
      .getByRole('treeitem')
      .nth(2)
      .click({ position: { x: 30, y: 10 } });
    await panel.page.getByText('.owner0', { exact: true }).waitFor();
    await panel.page.screenshot({
      path: path.join(outputFolder, 'screenshots/panelZoomed.png'),
    });
    assert.equal(await panel.page.evaluate('document.documentElement.scrollWidth'), 450);
    await panel.close();
  });

  it('draws rows as high as the font asks for', async () => {
    const panel = await harness.open(new FakeExtension().handlers, 'dark');
    const row = panel.page.getByRole('treeitem').nth(1);
    const before = (await row.boundingBox())!;
    await panel.page.evaluate(
      `document.documentElement.style.setProperty('--vscode-font-size', '26px')`,
    );
    await panel.page.waitForFunction(
      `document.querySelectorAll('.rows .row')[1].getBoundingClientRect().height > ${before.height}`,
    );
    const [first, second] = await panel.page.evaluate<number[]>(
      `[...document.querySelectorAll('.rows .row')].map((row) => row.getBoundingClientRect().top)`,
    );
    assert.equal(second - first, (await row.boundingBox())!.height);
    await panel.close();
  });

  it('has no colour of its own', async () => {
    const css = await readFile(path.join(projectRoot, 'src/webview/panel.css'), 'utf8');
    assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i);
  });
});

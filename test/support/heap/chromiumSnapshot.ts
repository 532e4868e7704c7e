import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { chromiumSwitches, provideChromium } from '../vscode/chromium';

/** A page that keeps elements which are in no document, some of them with others below them. */
const page = `<!doctype html>
<title>Detached</title>
<main id="app"><ul class="list" data-kept="yes"><li>one</li><li>two</li></ul></main>
<script>
  class Card {
    element = document.createElement('article');
    constructor(i) {
      this.element.className = 'card ' + i;
      this.element.innerHTML = '<h2 id="title' + i + '">Card</h2><p>Text <b>bold</b></p>';
      this.element.addEventListener('click', () => this);
    }
  }
  window.detached = Array.from({ length: 20 }, (_, i) => new Card(i));
  window.attached = Array.from({ length: 10 }, (_, i) => new Card(i));
  for (const { element } of attached) document.querySelector('main').append(element);
  window.list = document.querySelector('ul');
  list.remove();
  window.frame = document.createElement('iframe');
  document.body.append(frame);
  window.inFrame = frame.contentDocument.createElement('section');
  frame.remove();
  window.weak = new WeakMap(detached.map((card) => [card.element, { card }]));
  window.text = new Text('without a parent');
</script>`;

/** Writes the heap snapshot of a page with detached elements, as Chromium takes it. */
export async function takeChromiumSnapshot(file: string): Promise<void> {
  const executablePath = await provideChromium();
  const browser = await chromium.launch({ executablePath, args: chromiumSwitches });
  try {
    const tab = await browser.newPage();
    await tab.setContent(page);
    const session = await tab.context().newCDPSession(tab);
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    await session.send('HeapProfiler.takeHeapSnapshot', {});
    await writeFile(file, chunks.join(''));
  } finally {
    await browser.close();
  }
}

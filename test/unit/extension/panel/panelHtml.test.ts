import assert from 'node:assert/strict';
import { panelHtml } from '../../../../src/extension/panel/panelHtml';

describe('panelHtml', () => {
  it('carries translations as data that nothing in them can end', () => {
    const translations = { 'Copy Path': '</script><script>alert(1)</script><!--' };
    const html = panelHtml({
      ...{ nonce: 'n', cspSource: 'source', scriptUri: 'panel.js', styleUri: 'panel.css' },
      ...{ language: 'de', translations },
    });
    const data = /<script type="application\/json" id="translations">(.*?)<\/script>/.exec(html);
    assert.deepEqual(JSON.parse(data![1]), translations);
    assert.equal(html.match(/<script/g)?.length, 2);
    assert.match(html, /<html lang="de">/);
  });
});

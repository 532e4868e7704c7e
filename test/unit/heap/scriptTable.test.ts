import assert from 'node:assert/strict';
import { readScripts } from '../../../src/heap/scriptTable';
import { drawHeap } from '../../support/graphText';

const HASH = 'dec23c8e89787d0d0294297e0362600b6f9717fcd925931af8a3f48ef597d70b';

/** A closure of script 7, its Script object as V8 writes it, and the edge between function info and script. */
function scriptHeap(edgeToScript: string, scriptEdges: string, more = '') {
  return drawHeap(`
root
  global:shortcut -> closure
closure :closure (7:1:2)
  shared:internal -> shared
shared :code "(shared function info)"
  ${edgeToScript}:internal -> script
script :code "/app/server.js"
  source:internal -> source
  name:internal -> name
${scriptEdges}
source :string "exports.x = 1"
name :string "/app/server.js"
functions :code "system / WeakFixedArray"
options :code "(host-defined options)"
sourceUrl :string "webpack://app/server.ts"
mapUrl :string "server.js.map"
longMapUrl :string "data:application/json;base64,${'A'.repeat(995)}"
hash :string "${HASH}"
${more}`).graph;
}

describe('readScripts', () => {
  it('reads URL, source map and hash from a snapshot of Node 22 and 24', () => {
    const graph = scriptHeap(
      'script',
      '  {1} -> functions\n  {4} -> mapUrl\n  {5} -> options\n  {6} -> hash',
    );
    const script = {
      ...{ scriptId: 7, url: '/app/server.js', sourceMapUrl: 'server.js.map', hash: HASH },
    };
    assert.deepEqual(readScripts(graph), new Map([[7, script]]));
  });

  it('reads one of Node 20, and one of Node 26, which has a field more', () => {
    const node20 = scriptHeap('script_or_debug_info', '  {2} -> functions\n  {5} -> mapUrl');
    assert.deepEqual(readScripts(node20).get(7), {
      ...{ scriptId: 7, url: '/app/server.js', sourceMapUrl: 'server.js.map' },
    });
    const node26 = scriptHeap(
      'script',
      '  {1} -> functions\n  {3} -> sourceUrl\n  {6} -> options\n  {7} -> hash',
    );
    assert.deepEqual(readScripts(node26).get(7), {
      ...{ scriptId: 7, url: 'webpack://app/server.ts', hash: HASH },
    });
  });

  it('leaves out a source map URL that V8 cut', () => {
    const graph = scriptHeap('script', '  {1} -> functions\n  {4} -> longMapUrl');
    assert.deepEqual(readScripts(graph).get(7), { scriptId: 7, url: '/app/server.js' });
  });

  it('takes another closure where debug info hides the script', () => {
    const graph = drawHeap(`
root
  a:shortcut -> paused
  b:shortcut -> closure
paused :closure (7:1:2)
  shared:internal -> pausedShared
closure :closure (7:5:0)
  shared:internal -> shared
instance (8:1:0)
pausedShared :code
  script_or_debug_info:internal -> debugInfo
debugInfo :hidden "system / DebugInfo"
  {1} -> script
shared :code
  script_or_debug_info:internal -> script
script :code "/app/server.js"
  source:internal -> source
source :string "x"
`).graph;
    assert.deepEqual(readScripts(graph), new Map([[7, { scriptId: 7, url: '/app/server.js' }]]));
  });
});

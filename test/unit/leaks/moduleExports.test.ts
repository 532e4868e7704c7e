import assert from 'node:assert/strict';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { commonJsModuleExporting, moduleExportIn } from '../../../src/leaks/moduleExports';
import { drawHeap } from '../../support/graphText';

const drawn = drawHeap(`
root
  global:shortcut -> global
global
  cached -> exported
  config -> config
  other -> other
  nameless -> nameless
  scope -> scope
  importer -> importer
  registry:internal -> esModule
  decoyScope -> decoyScope
module "Module"
  exports -> exported
  config -> config
  filename -> filename
filename :string "/app/store.js"
other "Registry"
  exports -> config
  filename -> filename
nameless "Module"
  exports -> exportedNowhere
exported
exportedNowhere
config
decoyScope "system / Context"
  extension:internal -> decoy
decoy "TableReader"
  3:internal -> wrongName
  4:internal -> cell
  table:internal -> table
wrongName :string "wrong"
scope "system / Context"
  extension:internal -> esModule
esModule :hidden "system / SourceTextModule"
  exports:internal -> table
table :array
  3:internal -> name
  4:internal -> cell
  6:internal -> lonely
name :string "sessions"
importer :hidden "system / SourceTextModule"
  regular_imports:internal -> imports
imports :array
  0:internal -> cell
cell :"object shape" "system / Cell"
  value:internal -> value
lonely :"object shape" "system / Cell"
value "Map"
unused :hidden "system / SourceTextModule"
  exports:internal -> unusedTable
unusedTable :array
  7:internal -> name
  8:internal -> unusedCell
unusedCell :"object shape" "system / Cell"
`);
const snapshot = analyzeGraph(drawn.graph);

describe('commonJsModuleExporting', () => {
  const fileOf = (label: string) => commonJsModuleExporting(snapshot, drawn.node(label));

  it('is the file of the Module that has the object for exports', () => {
    assert.equal(fileOf('exported'), '/app/store.js');
  });

  it('is nothing for other fields of a Module, for exports of other classes, without a file', () => {
    assert.equal(fileOf('config'), undefined);
    assert.equal(fileOf('exportedNowhere'), undefined);
    assert.equal(fileOf('global'), undefined);
  });
});

describe('moduleExportIn', () => {
  const exportIn = (label: string) => moduleExportIn(snapshot, drawn.node(label));

  it('is the name in the slot before the cell, of the module whose table has it', () => {
    assert.deepEqual(exportIn('cell'), { name: 'sessions', scope: drawn.node('scope') });
  });

  it('has no scope if no function uses that of the module', () => {
    assert.deepEqual(exportIn('unusedCell'), { name: 'sessions', scope: -1 });
  });

  it('is nothing without a name in the slot before, or without a table', () => {
    assert.equal(exportIn('lonely'), undefined);
    assert.equal(exportIn('value'), undefined);
  });
});

import assert from 'node:assert/strict';
import type { PathStep } from '../../../src/leaks/leakReport';
import { chainLines, growthSummary } from '../../../src/report/wording';
import { leakReport } from './sampleReports';

const site = { file: 'src/a.ts', line: 3, column: 1 };

/** Steps by class name; the one that starts with `@` has a place in a file. */
function path(...classNames: string[]): PathStep[] {
  return classNames.map((name, index) => ({
    edge: `.e${index}`,
    className: name.replace('@', ''),
    objectId: 2 * index + 1,
    ...(name.startsWith('@') && { site }),
  }));
}

describe('growthSummary', () => {
  it('tells of objects and memory, or of memory alone where one object grows', () => {
    const [finding] = leakReport.findings;
    assert.equal(growthSummary(finding), '+200 PriceQuote and +123 kB per round');
    assert.equal(growthSummary({ ...finding, countPerRound: 0 }), '+123 kB per round');
  });
});

describe('chainLines', () => {
  it('folds the way through Node.js to the first module', () => {
    assert.deepEqual(chainLines(path('(GC root)', 'global /', 'process', 'Module', 'Map', 'A')), [
      '… 3 steps inside Node.js',
      '  .e3 Module',
      '    .e4 Map',
      '      .e5 A',
    ]);
  });

  it('folds the way through Node.js to the first code of the program', () => {
    const steps = path('(GC root)', 'Immediate', 'Timeout', 'Function', '@Function', 'Map', 'A');
    assert.deepEqual(chainLines(steps), [
      '… 4 steps inside Node.js',
      '  .e4 Function (src/a.ts:3:1)',
      '    .e5 Map',
      '      .e6 A',
    ]);
  });

  it('never folds what holds the container of the leaked object', () => {
    const steps = path('(GC root)', '(stack)', '(handle)', 'system / Context', 'Map', '@Order');
    assert.deepEqual(chainLines(steps), [
      '… 3 steps inside Node.js',
      '  .e3 system / Context',
      '    .e4 Map',
      '      .e5 Order (src/a.ts:3:1)',
    ]);
  });

  it('shows two steps rather than to fold them', () => {
    assert.deepEqual(chainLines(path('(GC root)', 'global /', 'Module', 'Map', 'A')), [
      '.e0 (GC root)',
      '  .e1 global /',
      '    .e2 Module',
      '      .e3 Map',
      '        .e4 A',
    ]);
  });

  it('shows all where nothing tells the program from Node.js', () => {
    const lines = chainLines(path('(GC root)', 'a', 'b', 'c', 'd', 'Map'));
    assert.equal(lines.length, 6);
    assert.equal(lines[0], '.e0 (GC root)');
  });

  it('leaves out the middle of what is left', () => {
    const steps = path('(GC root)', 'a', 'b', 'Module', ...Array<string>(17).fill('Node'));
    const lines = chainLines(steps).map((line) => line.trim());
    assert.deepEqual(lines.slice(0, 2), ['… 3 steps inside Node.js', '.e3 Module']);
    assert.equal(lines[9], '… 2 more …');
    assert.equal(lines.at(-1), '.e20 Node');
    assert.equal(lines.length, 18);
  });
});

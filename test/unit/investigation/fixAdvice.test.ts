import assert from 'node:assert/strict';
import { fixAdvice, type LeakCase } from '../../../src/investigation/fixAdvice';
import type { Suspect } from '../../../src/leaks/leakAnalysis';
import type { Site } from '../../../src/leaks/leakReport';

const site = (text: string, file = 'src/a.js'): Site => ({
  ...{ role: 'growth', file, line: 7, column: 3, text },
  generated: { url: 'file:///a.js', line: 7, column: 3 },
});

function advice(suspect: Partial<Suspect>, more: Partial<LeakCase> = {}): string {
  return fixAdvice({
    suspect: {
      ...{ confidence: 0.9, title: '', shape: 'map', className: 'Session', anchors: [], path: [] },
      ...{
        containers: 1,
        countPerRound: 10,
        retainedBytesPerRound: 100,
        growth: { counts: [], bytes: [] },
        leakedKeys: [],
        evidence: [],
      },
      ...suspect,
    },
    ...{ container: 'sessions', className: suspect.className ?? 'Session', best: undefined },
    ...{ removal: undefined, bounded: false, caller: undefined, ...more },
  });
}

const heldBy = (className: string) => [{ edge: '', className, objectId: 1, node: 1 }];
const held = { edge: '', className: 'Object', objectId: 3, node: 2 };

describe('fixAdvice', () => {
  it('names the container and what its kind can do', () => {
    assert.match(advice({ shape: 'map' }), /`sessions`.*limit.*WeakMap/);
    assert.match(advice({ shape: 'array' }), /`sessions`.*splice/);
  });

  it('points at the removal that is there', () => {
    const removal = site('sessions.delete(id);');
    assert.match(advice({}, { removal }), /See why src\/a\.js:7 does not run/);
    assert.match(
      advice({}, { removal, bounded: true }),
      /run more rounds.*eviction at src\/a\.js:7/,
    );
  });

  it('clears the kind of timer that was set', () => {
    const interval = { best: site('setInterval(() => poll(), 10);') };
    assert.match(
      advice({ shape: 'timer' }, interval),
      /clearInterval\(\).*unref\(\) frees nothing/,
    );
    const timeout = { best: site('t = setTimeout(late, 10);') };
    assert.match(advice({ shape: 'timer' }, timeout), /clearTimeout\(\)/);
  });

  it('removes listeners as emitters and event targets do', () => {
    const emitter = { best: site("bus.on('price', show);") };
    assert.match(advice({ shape: 'listener' }, emitter), /for 'price'.*off\(\)/);
    const target = { best: site("signal.addEventListener('abort', stop);") };
    assert.match(advice({ shape: 'listener' }, target), /\{ once: true \}/);
  });

  it('knows holders and classes of JavaScript and Node.js', () => {
    assert.match(advice({ path: [...heldBy('WeakMap'), held] }), /as long as its key/);
    assert.match(advice({ className: 'Generator' }), /return\(\)/);
    assert.match(advice({ className: '(sliced string)' }), /Buffer\.from/);
    assert.match(advice({ className: 'Socket' }), /destroy\(\)/);
  });

  it('says what can be done about a package', () => {
    const best = site('cache.set(key, value);', 'node_modules/@scope/memo/index.js');
    const caller = site('memo(search)', 'lib/search.js');
    const text = advice({}, { best, caller });
    assert.match(text, /package @scope\/memo: .*change the call at lib\/search\.js:7/);
  });
});

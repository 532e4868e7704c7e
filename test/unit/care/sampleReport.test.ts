import assert from 'node:assert/strict';
import { judgeSites, type SiteSeries } from '../../../src/care/sampleReport';
import { renderSampleText } from '../../../src/report/renderSample';

const KB = 1024;
const measured = { seconds: 60, readings: 12, intervalBytes: 32 * KB };

function series(functionName: string, bytesAt: (reading: number) => number): SiteSeries {
  const readings = Array.from({ length: 12 }, (_, index) => ({
    seconds: 5 * (index + 1),
    bytes: bytesAt(index),
  }));
  return { functionName, site: undefined, readings };
}

const names = (all: SiteSeries[]) =>
  judgeSites(all, measured).sites.map(({ functionName }) => functionName);

describe('judgeSites', () => {
  it('names what keeps growing, the fastest first', () => {
    const slow = series('slow', (reading) => reading * 64 * KB);
    const fast = series('fast', (reading) => reading * 256 * KB);
    assert.deepEqual(names([slow, fast]), ['fast', 'slow']);
    const report = judgeSites([slow, fast], measured);
    assert.equal(report.verdict, 'growing');
    assert.equal(report.sites[0].bytesPerMinute, 256 * KB * 12);
    assert.equal(report.liveBytes, 11 * 320 * KB);
  });

  it('leaves out what fills up and then stays', () => {
    const cache = series('cache', (reading) => Math.min(reading, 3) * 1024 * KB);
    assert.deepEqual(names([cache]), []);
    assert.equal(judgeSites([cache], measured).verdict, 'none');
  });

  it('leaves out what goes up and down', () => {
    assert.deepEqual(names([series('busy', (at) => ((at * 7919) % 13) * 300 * KB)]), []);
  });

  it('leaves out what a few samples stand for', () => {
    assert.deepEqual(
      names([series('chance', (reading) => (reading > 7 ? 96 : 32 + reading) * KB)]),
      [],
    );
  });

  it('leaves out what is next to nothing beside the rest', () => {
    const large = series('large', (reading) => reading * 10_000 * KB);
    const small = series('small', (reading) => reading * 100 * KB);
    assert.deepEqual(names([large, small]), ['large']);
  });

  it('is shown with a warning that it names makers and not holders', () => {
    const text = renderSampleText(judgeSites([series('', (at) => at * 64 * KB)], measured));
    assert.match(text, /^Leakline: 1 allocation site keeps growing \(12 readings in 60 s/);
    assert.match(text, /^1\. an anonymous function$/m);
    assert.match(text, /allocation sites that keep growing, not what retains their objects/);
  });

  it('lets no escape sequence of a name through', () => {
    const text = renderSampleText(
      judgeSites([series('a\u001b[2Jb', (at) => at * 64 * KB)], measured),
    );
    assert(!text.includes('\u001b'));
  });
});

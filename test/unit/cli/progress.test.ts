import assert from 'node:assert/strict';
import { ProgressLine } from '../../../src/cli/progress';

function record(terminal?: { columns: number }) {
  const written: string[] = [];
  const stream = {
    write: (text: string) => written.push(text),
    ...(terminal && { isTTY: true, ...terminal }),
  };
  return { written, progress: new ProgressLine(stream) };
}

describe('ProgressLine', () => {
  it('writes one line a step to a log', () => {
    const { written, progress } = record();
    progress.show({ message: 'Snapshot 1 of 2: Reading (1.0 MB)', fraction: 0.1 });
    progress.show({ message: 'Snapshot 1 of 2: Reading (2.1 MB)', fraction: 0.5 });
    progress.print('from the drive command');
    progress.show({ message: 'Snapshot 1 of 2: Finding retainers' });
    progress.show({ message: 'Snapshot 2 of 2: Reading (1.0 MB)' });
    progress.show({ message: 'Exercising (round 1)' });
    progress.show({ message: 'Exercising (round 2)' });
    progress.clear();
    assert.deepEqual(written, [
      'Snapshot 1 of 2: Reading\n',
      'from the drive command\n',
      'Snapshot 2 of 2: Reading\n',
      'Exercising\n',
    ]);
  });

  it('rewrites one line on a terminal', () => {
    const { written, progress } = record({ columns: 80 });
    progress.show({ message: 'Snapshot 1', fraction: 0 });
    progress.show({ message: 'Snapshot 1', fraction: 0.501 });
    progress.show({ message: 'Snapshot 1', fraction: 0.502 });
    progress.clear();
    progress.clear();
    assert.deepEqual(written, [
      '\r\u001b[KSnapshot 1 0%',
      '\r\u001b[KSnapshot 1 50%',
      '\r\u001b[K',
    ]);
  });

  it('makes room on a terminal for other output', () => {
    const { written, progress } = record({ columns: 80 });
    progress.show({ message: 'Round 1' });
    progress.print('200 requests');
    progress.print('done');
    progress.show({ message: 'Round 1' });
    assert.equal(
      written.join(''),
      '\r\u001b[KRound 1\r\u001b[K200 requests\ndone\n\r\u001b[KRound 1',
    );
  });

  it('cuts the line before it wraps', () => {
    const { written, progress } = record({ columns: 12 });
    progress.show({ message: 'Collecting garbage', fraction: 0.25 });
    assert.equal(written[0], '\r\u001b[KCollec… 25%');
  });

  it('lets no escape sequence of a message through', () => {
    const { written, progress } = record();
    progress.show({ message: 'Attached to \u001b]0;owned\u0007' });
    assert.deepEqual(written, ['Attached to \\u{1b}]0;owned\\u{7}\n']);
  });
});

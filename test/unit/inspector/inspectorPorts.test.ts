import assert from 'node:assert/strict';
import { mayBeInspector, portOnSignal } from '../../../src/inspector/inspectorPorts';

describe('mayBeInspector', () => {
  const at = (port: number, host = '127.0.0.1') => ({ host, port });
  const started = (commandLine: string[], nodeOptions = '') => ({ commandLine, nodeOptions });
  const server = started(['node', 'server.js']);

  it('is true of the usual ports, which a signal may have opened', () => {
    assert.equal(mayBeInspector(at(9229), server), true);
    assert.equal(mayBeInspector(at(9240), server), false);
  });

  it('is true of the port that was asked for, and no other', () => {
    for (const option of ['--inspect=9500', '--inspect-brk=0.0.0.0:9500', '--inspect=[::1]:9500']) {
      assert.equal(mayBeInspector(at(9500), started(['node', option])), true, option);
      assert.equal(mayBeInspector(at(3000), started(['node', option])), false, option);
    }
    assert.equal(mayBeInspector(at(9500), started(['node'], '--inspect=9500 --trace-gc')), true);
  });

  it('is true of any loopback port where the system was to choose', () => {
    for (const options of [
      started(['node', '--inspect=127.0.0.1:0', 'server.js']),
      started(['node', 'server.js'], '--require bootloader.js --inspect-publish-uid=http'),
    ]) {
      assert.equal(mayBeInspector(at(41_000), options), true);
      assert.equal(mayBeInspector(at(41_000, '10.0.0.7'), options), false);
    }
  });

  it('leaves the ports of a program alone that was not told to open any', () => {
    assert.equal(mayBeInspector(at(3000), server), false);
    assert.equal(mayBeInspector(at(3000), started(['node', '--inspect'])), false);
  });
});

describe('portOnSignal', () => {
  const port = (commandLine: string[], nodeOptions = '') =>
    portOnSignal({ commandLine, nodeOptions });

  it('is the usual one unless the process was told another', () => {
    assert.equal(port(['node', 'server.js']), 9229);
    assert.equal(port(['node', '--inspect-port=9300', 'server.js']), 9300);
    assert.equal(port(['node', 'server.js'], '--inspect-port=0'), 0);
  });

  it('is the last that it was told, as a cluster tells its workers', () => {
    assert.equal(port(['node', '--inspect=9300', '--inspect-port=9302', 'worker.js']), 9302);
  });
});

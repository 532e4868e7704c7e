import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { LocalTargets } from '../../../src/inspector/localTargets';

const SERVER = `
  const { createServer } = require('node:http');
  let requests = 0;
  createServer((_, response) => response.end(String(++requests)))
    .listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

/** A Node.js program with its inspector on a free port, and a server of its own. */
async function startProgram() {
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', '-e', SERVER, 'an argument']);
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const [announced] = (await once(createInterface({ input: child.stderr }), 'line')) as [string];
  const address = /ws:\/\/([^/]+)/.exec(announced)![1];
  const stop = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { pid: child.pid!, port: Number(port), address, stop };
}

(process.platform === 'linux' ? describe : describe.skip)('LocalTargets', function () {
  this.timeout(60_000);

  it('finds a program with its command line, until it ends', async () => {
    const targets = new LocalTargets();
    const program = await startProgram();
    const mine = async () => (await targets.find()).filter(({ pid }) => pid === program.pid);
    try {
      const [found, ...more] = await mine();
      assert.deepEqual(more, []);
      assert.equal(found.address, program.address);
      assert.equal(found.target.type, 'node');
      assert.equal(found.commandLine.at(-1), 'an argument');
    } finally {
      await program.stop();
    }
    assert.deepEqual(await mine(), []);
  });

  it('asks each socket once', async () => {
    const targets = new LocalTargets();
    const program = await startProgram();
    try {
      for (let times = 0; times < 3; times++) await targets.find();
      // The server counts this request, too. Its port might have been the inspector's.
      const answer = await fetch(`http://127.0.0.1:${program.port}/`);
      assert.equal(await answer.text(), '2');
    } finally {
      await program.stop();
    }
  });
});

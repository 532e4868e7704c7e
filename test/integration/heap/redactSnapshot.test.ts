import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { copyRedacted } from '../../../src/investigation/copySnapshot';
import { askDevtools } from '../../support/devtools/devtoolsOracle';
import { provideNode } from '../../support/heap/nodeVersions';
import { projectRoot } from '../../support/projectRoot';
import { inTemporaryFolder } from '../../support/temporaryFolder';
import { runCommand } from '../../support/vscode/runCommand';
import { snapshotNodeVersions } from '../../support/vscode/pinnedVersions';

const workerPath = path.join(projectRoot, 'dist', 'analysisWorker.js');
const SECRET = 'hunter2correcthorse';

/** Has the secret as each kind of value, and as key of dictionaries; then writes a snapshot. */
const PROGRAM = `
const { EventEmitter } = require('node:events');
const { SECRET } = process.env;
class Login {
  constructor(number) {
    this.password = SECRET + '-password-' + number;
    this.pattern = new RegExp(SECRET + number);
    this.mark = Symbol(SECRET + number);
    this.first = this.password.slice(0, 15);
  }
}
const tokens = {};
const sessions = new Map();
const known = new WeakMap();
const bus = new EventEmitter();
for (let number = 0; number < 100; number++) {
  const login = new Login(number);
  tokens[SECRET + 'token' + number] = login;
  sessions.set(SECRET + '-session-' + number, login);
  known.set(login, SECRET + '-known-' + number);
}
bus.on(SECRET + 'event', function onLogin() { return tokens; });
globalThis.held = { tokens, sessions, known, bus };
delete process.env.SECRET;
require('node:v8').writeHeapSnapshot(process.argv[2]);
`;

interface SnapshotJson {
  strings?: string[];
}

for (const version of snapshotNodeVersions) {
  describe(`A redacted snapshot of Node.js ${version}`, function () {
    this.timeout(300_000);

    it('has no value, and all else', async () => {
      await inTemporaryFolder(async (folder) => {
        const [program, whole, redacted] = ['program.cjs', 'whole', 'redacted'].map((name) =>
          path.join(folder, name),
        );
        await writeFile(program, PROGRAM);
        const node = await provideNode(version);
        await runCommand(node, [program, whole], { env: { SECRET } });
        const { signal } = new AbortController();
        await copyRedacted(whole, redacted, { onProgress: () => {}, signal, workerPath });

        const [before, after] = await Promise.all([readFile(whole), readFile(redacted)]);
        assert.ok(before.includes(SECRET), 'the test would notice one');
        assert.equal(after.indexOf(SECRET), -1);

        const [left, right] = [before, after].map(
          (bytes) => JSON.parse(bytes.toString()) as SnapshotJson,
        );
        assert.equal(right.strings!.length, left.strings!.length);
        for (const name of ['Login', 'password', 'onLogin', 'sessions', 'known', program]) {
          assert.ok(right.strings!.includes(name), name);
        }
        delete left.strings;
        delete right.strings;
        assert.deepEqual(right, left);

        const [ofWhole, ofRedacted] = await askDevtools([whole, redacted]);
        assert.equal(ofRedacted.totalBytes, ofWhole.totalBytes);
        assert.deepEqual(ofRedacted.retainedSizes, ofWhole.retainedSizes);
        assert.deepEqual(ofRedacted.dominatorOf, ofWhole.dominatorOf);
      });
    });
  });
}

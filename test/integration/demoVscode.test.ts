import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { projectRoot } from '../support/projectRoot';

/** In place of VS Code: notes what it is called with. */
const STAND_IN = `#!/usr/bin/env node
  const [, , ...args] = process.argv;
  require('node:fs').writeFileSync(process.env.CALLED_WITH, JSON.stringify(args));
  process.exitCode = Number(process.env.EXIT_CODE);`;

describe('npm run demo:vscode', function () {
  this.timeout(120_000);
  let folder: string;

  before(async function () {
    // There the stand-in would have to be a batch file.
    if (process.platform === 'win32') this.skip();
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-demo-'));
    await symlink(process.execPath, path.join(folder, 'node'));
  });
  after(async () => {
    if (folder) await rm(folder, { recursive: true });
  });

  /** With nothing on the PATH but Node.js and perhaps the stand-in. */
  function demo(exitCode: number): Promise<{ code: number | null; output: string }> {
    const env = { PATH: folder, CALLED_WITH: path.join(folder, 'args'), EXIT_CODE: `${exitCode}` };
    const args = ['--import', 'tsx', path.join('tools', 'demoVscode.ts')];
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        args,
        { cwd: projectRoot, env },
        (_error, stdout, stderr) => resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });
  }

  it('says what else there is where there is no VS Code', async () => {
    const { code, output } = await demo(0);
    assert.equal(code, 1);
    assert.match(output, /no program "code" on the PATH[^]*npm run demo,/);
  });

  describe('with a VS Code', () => {
    before(async () => {
      await writeFile(path.join(folder, 'code'), STAND_IN);
      await chmod(path.join(folder, 'code'), 0o755);
    });

    it('opens the shop in it, with Leakline as it is here', async () => {
      const { code, output } = await demo(0);
      assert.equal(code, 0, output);
      const args = JSON.parse(await readFile(path.join(folder, 'args'), 'utf8')) as string[];
      const shop = path.join('examples', 'shop');
      assert.deepEqual(args, ['--new-window', `--extensionDevelopmentPath=${projectRoot}`, shop]);
      assert.match(output, /Find the Leak of the Demo Shop/);
    });

    it('says when that does not open', async () => {
      const { code, output } = await demo(7);
      assert.equal(code, 1);
      assert.match(output, /did not open: it ended with exit code 7/);
    });
  });
});

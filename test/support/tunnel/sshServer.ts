import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../src/tunnel/localPort';
import { lineWith } from '../shop';
import { runCommand } from '../vscode/runCommand';
import { provideSshd } from './sshProgram';

/** A real sshd on loopback that lets the user in who runs the tests. */
export interface SshServer {
  /** A folder for the PATH: the `ssh` in it has a configuration in which `staging` is the server. */
  readonly toolFolder: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** sshd chroots into it when it runs as root. */
const CHROOT = '/run/sshd';

/**
 * Starts it. For ssh it is `staging`, `stranger` (the same, but its key is not known) and
 * `nokey` (the same, without a key of ours).
 * @param folder Empty; gets keys and configurations.
 * @param settings Further lines of its configuration.
 */
export async function startSshServer(
  folder: string,
  settings: readonly string[] = [],
): Promise<SshServer> {
  const { file, libraries } = await provideSshd();
  const port = await freePort();
  for (const name of ['host', 'user']) await makeKey(path.join(folder, name));
  await copyFile(path.join(folder, 'user.pub'), path.join(folder, 'authorized'));
  const config = path.join(folder, 'sshd_config');
  await writeFile(config, serverConfig(folder, port, settings));
  const env = { PATH: process.env['PATH'], LD_LIBRARY_PATH: libraries, ...(await asRoot(folder)) };
  const server = spawn(file, ['-D', '-e', '-f', config], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => server.kill('SIGKILL');
  process.on('exit', kill);
  const gone = once(server, 'exit').finally(() => process.off('exit', kill));
  await lineWith(server, 'stderr', /Server listening/);
  return {
    toolFolder: await makeClient(folder, port),
    port,
    async stop() {
      server.kill();
      await gone;
    },
  };
}

async function makeKey(file: string): Promise<void> {
  await runCommand('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
}

function serverConfig(folder: string, port: number, settings: readonly string[]): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${path.join(folder, 'host')}`,
    `AuthorizedKeysFile ${path.join(folder, 'authorized')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    ...settings,
    '',
  ].join('\n');
}

/** As root sshd wants a user `sshd` and a folder; the user it finds in a list that only it reads. */
async function asRoot(folder: string): Promise<NodeJS.ProcessEnv> {
  if (process.getuid?.() !== 0) return {};
  if (!existsSync(CHROOT)) await mkdir(CHROOT, { recursive: true, mode: 0o755 });
  const users = await readFile('/etc/passwd', 'utf8');
  if (/^sshd:/m.test(users)) return {};
  const list = path.join(folder, 'passwd');
  await writeFile(list, `${users.trimEnd()}\nsshd:x:104:65534::${CHROOT}:/usr/sbin/nologin\n`);
  return {
    LD_PRELOAD: 'libnss_wrapper.so',
    NSS_WRAPPER_PASSWD: list,
    NSS_WRAPPER_GROUP: '/etc/group',
  };
}

/** ssh takes no configuration from $HOME, so the `ssh` on the PATH is told where one is. */
async function makeClient(folder: string, port: number): Promise<string> {
  const known = path.join(folder, 'known_hosts');
  await writeFile(
    known,
    `[127.0.0.1]:${port} ${await readFile(path.join(folder, 'host.pub'), 'utf8')}`,
  );
  const config = path.join(folder, 'ssh_config');
  const key = `IdentityFile ${path.join(folder, 'user')}`;
  await writeFile(
    config,
    [
      ...['Host staging', key, `UserKnownHostsFile ${known}`],
      ...['Host stranger', key, 'UserKnownHostsFile /dev/null'],
      ...['Host nokey', 'IdentityFile none', `UserKnownHostsFile ${known}`],
      ...['Host staging stranger nokey', 'HostName 127.0.0.1', `Port ${port}`],
      `User ${userInfo().username}`,
      ...['Host *', 'IdentityAgent none', 'IdentitiesOnly yes', 'GlobalKnownHostsFile /dev/null'],
      'StrictHostKeyChecking yes',
      '',
    ].join('\n'),
  );
  const tools = path.join(folder, 'tools');
  await mkdir(tools);
  const ssh = path.join(tools, 'ssh');
  const real = (await runCommand('sh', ['-c', 'command -v ssh'])).trim();
  await writeFile(ssh, `#!/bin/sh\nexec '${real}' -F '${config}' "$@"\n`);
  await chmod(ssh, 0o755);
  return tools;
}

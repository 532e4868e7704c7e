import assert from 'node:assert/strict';
import { parseCommandLine } from '../../../src/cli/args';
import { readRemoteChoice, type RemoteValues } from '../../../src/cli/remoteOptions';
import { dockerPlace } from '../../../src/tunnel/docker';
import { kubernetesPlace } from '../../../src/tunnel/kubernetes';
import { parseSshHost, sshForward, sshPlace } from '../../../src/tunnel/ssh';
import { commandText } from '../../../src/tunnel/toolCommand';

const read = (values: RemoteValues, ...flags: string[]) => readRemoteChoice(values, new Set(flags));
const isUsage = { code: 'usage' };

describe('a remote target', () => {
  it('is a host, with user and port where they are given', () => {
    assert.deepEqual(parseSshHost('staging'), { destination: 'staging' });
    assert.deepEqual(parseSshHost('me@10.0.0.7:2222'), { destination: 'me@10.0.0.7', port: 2222 });
    assert.deepEqual(parseSshHost('me@[::1]:22'), { destination: 'me@::1', port: 22 });
  });

  it('has no name that a tool takes for an option, or a shell for more', () => {
    for (const host of [
      '-oProxyCommand=x',
      'me@-x',
      '',
      'a b',
      '$(id)',
      'a`id`',
      'h:0',
      'h:70000',
    ]) {
      assert.throws(() => parseSshHost(host), isUsage, host);
    }
    for (const name of ['-x', '--all', '', 'a b', '$(id)']) {
      assert.throws(() => dockerPlace(name).run([]), isUsage, name);
      for (const part of ['pod', 'context', 'namespace', 'container']) {
        const place = () => kubernetesPlace({ pod: 'api', [part]: name }).run([]);
        assert.throws(place, isUsage, `${part} ${name}`);
      }
    }
  });

  it('is reached by ssh on loopback at both ends, and by nothing that asks', () => {
    const { args } = sshForward(parseSshHost('me@staging:2222'))(4000, 9229);
    assert.deepEqual(args.slice(0, 4), ['-N', '-T', '-L', '127.0.0.1:4000:127.0.0.1:9229']);
    for (const option of ['BatchMode=yes', 'ExitOnForwardFailure=yes', 'ControlPath=none']) {
      assert.equal(args[args.indexOf(option) - 1], '-o');
    }
    assert.deepEqual(args.slice(-4), ['-p', '2222', '--', 'me@staging']);
    const kill = sshPlace({ destination: 'staging' }).run(['kill', '-USR1', '7']);
    assert.deepEqual(kill.args.slice(-5), ['--', 'staging', 'kill', '-USR1', '7']);
  });

  it('is shown as a command that a shell takes as it is meant', () => {
    const command = { file: 'docker', args: ['exec', 'web', 'sh', '-c', `it's $0`] };
    assert.equal(commandText(command), `docker exec web sh -c 'it'\\''s $0'`);
  });

  it('is read from options', () => {
    assert.deepEqual(read({ ssh: 'staging', 'inspect-port': '9300' }, 'open-inspector'), {
      kind: 'remote',
      target: { kind: 'ssh', destination: 'staging', inspectPort: 9300 },
      open: 'only',
    });
    assert.deepEqual(read({ kube: 'api-0', namespace: 'shop', 'remote-pid': '7' }), {
      kind: 'remote',
      target: { kind: 'kubernetes', pod: 'api-0', namespace: 'shop', inspectPort: 9229 },
      open: 7,
    });
    assert.deepEqual(read({ docker: 'web' }, 'docker-pipe').target, {
      ...{ kind: 'docker', container: 'web', mayPipe: true, inspectPort: 9229 },
    });
  });

  it('takes no option that is for another kind', () => {
    assert.throws(() => read({ ssh: 'staging', namespace: 'shop' }), isUsage);
    assert.throws(() => read({ ssh: 'staging' }, 'docker-pipe'), isUsage);
    const local = (...args: string[]) => parseCommandLine(['find', '--pid', '7', ...args], '/');
    assert.throws(() => local('--remote-pid', '7'), /--remote-pid is for remote programs/);
    assert.throws(() => local('--open-inspector'), /--open-inspector is for remote programs/);
    assert.throws(() => local('--ssh', 'staging'), /exactly one target/);
    assert.throws(() => local('--token-file', 'x'), /--token-file goes with --attach/);
  });
});

import { LIST_IN_CONTAINER, signalInContainer } from './containerCommands';
import { requireName } from './names';
import type { Place } from './place';
import { runTool, type RunOptions } from './runTool';
import type { ToolCommand } from './toolCommand';

/** An address of this machine. */
export interface Published {
  readonly host: string;
  readonly port: number;
}

/** One connection to 127.0.0.1:PORT of the container, over standard input and output. */
const PIPE =
  `const s=require("net").connect(+process.argv[1],"127.0.0.1");` +
  `s.on("error",e=>{console.error(e.message);process.exit(1)}).on("close",()=>process.exit());` +
  `s.pipe(process.stdout);process.stdin.on("end",()=>process.exit()).pipe(s)`;

/** @throws LeaklineError `usage` for a name that cannot be one */
export function dockerPlace(container: string): Place {
  const run: Place['run'] = (args) => ({
    file: 'docker',
    args: ['exec', requireName('container', container), ...args],
  });
  return {
    title: `container ${container}`,
    run,
    listProcesses: () => run(LIST_IN_CONTAINER),
    otherSignal: (pid) => run(signalInContainer(pid)),
  };
}

/**
 * Makes the command that is one connection to a port of the container's own 127.0.0.1. Options of
 * Node.js that the container sets are not for this second process.
 */
export function dockerPipe(container: string): (remotePort: number) => ToolCommand {
  const name = requireName('container', container);
  return (remotePort) => ({
    file: 'docker',
    args: ['exec', '-i', '-e', 'NODE_OPTIONS=', name, 'node', '-e', PIPE, String(remotePort)],
  });
}

/** Where a port of the container is published on this machine; undefined if it is not. */
export async function publishedPort(
  container: string,
  remotePort: number,
  options?: RunOptions,
): Promise<Published | undefined> {
  const name = requireName('container', container);
  // Asked for one port, docker fails where that is not published.
  const text = await runTool({ file: 'docker', args: ['port', name] }, options);
  const pattern = new RegExp(`^${remotePort}/tcp -> (.+):(\\d+)$`, 'm');
  const [, host, port] = pattern.exec(text) ?? [];
  if (host === undefined) return undefined;
  const isAny = host === '0.0.0.0' || host === '[::]';
  return { host: isAny ? '127.0.0.1' : host, port: Number(port) };
}

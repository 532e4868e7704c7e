import { requireInspectorOf } from '../inspector/pid';
import { resolveTarget } from '../inspector/targets';
import { openTunnel, placeOf } from '../tunnel/openTunnel';
import { remoteMemoryLeft } from '../tunnel/remoteMemory';
import { onlyNodeProcess } from '../tunnel/remoteProcesses';
import { commandText, type ToolCommand } from '../tunnel/toolCommand';
import type { OpenTarget } from './openTarget';
import type { ProgressLine } from './progress';
import type { RemoteChoice } from './remoteOptions';
import { guardPath } from './workerPath';

/**
 * Makes a remote program reachable, and shows every command that it takes.
 * @throws LeaklineError as `openTunnel`, `onlyNodeProcess` and `requireInspectorOf`
 */
export async function openRemoteTarget(
  { target, open }: RemoteChoice,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<OpenTarget> {
  const onCommand = (command: ToolCommand) => progress.print(`Running ${commandText(command)}`);
  const options = { signal, onCommand, guardPath };
  const pid = open === 'only' ? await onlyNodeProcess(placeOf(target), options) : open;
  const tunnel = await openTunnel(target, { ...options, pid });
  try {
    const { host, port } = tunnel;
    const address = { kind: 'endpoint', host, port } as const;
    const { webSocketUrl } = await resolveTarget(address, undefined, { signal });
    if (pid !== undefined) await requireInspectorOf(webSocketUrl, pid);
    return {
      webSocketUrl,
      memoryLeft: (process) => remoteMemoryLeft(placeOf(target), process, options),
      failure: () => tunnel.failure(),
      release: () => tunnel.close(),
    };
  } catch (error) {
    await tunnel.close();
    throw error;
  }
}

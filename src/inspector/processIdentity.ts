import type { CdpSession } from './cdpSession';

/** Which process, or worker thread, is at the other end; each part is absent if it does not tell. */
export interface ProcessIdentity {
  /** V8's random name for the isolate: another one after a restart, even if the pid is the same. */
  readonly isolateId?: string;
  readonly pid?: number;
  /** Milliseconds since 1970 by the clock of this machine, true to about a second. */
  readonly startedAt?: number;
}

/** Asks a target who it is, without any effect in it. Never rejects. */
export async function processIdentity(client: CdpSession): Promise<ProcessIdentity> {
  const [isolateId, pid, uptime] = await Promise.all([
    client.send('Runtime.getIsolateId').then(
      ({ id }) => id,
      () => undefined,
    ),
    numberOf(client, 'process.pid'),
    numberOf(client, 'process.uptime()'),
  ]);
  return {
    ...(isolateId !== undefined && { isolateId }),
    ...(pid !== undefined && { pid }),
    ...(uptime !== undefined && { startedAt: Date.now() - uptime * 1000 }),
  };
}

/** False if anything says that they are two; what neither tells proves nothing. */
export function isSameProcess(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.isolateId === other.isolateId && one.pid === other.pid;
}

async function numberOf(client: CdpSession, expression: string): Promise<number | undefined> {
  const params = { expression, silent: true, throwOnSideEffect: true };
  const { value } = await client
    .send('Runtime.evaluate', params)
    .catch(() => ({ value: undefined }));
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

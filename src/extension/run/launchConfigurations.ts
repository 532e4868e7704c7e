/** A launch configuration for Node.js, as far as Leakline can use it. */
export interface LaunchConfiguration {
  readonly name: string;
  /** URI of its workspace folder. */
  readonly folder: string;
  /** HOST:PORT or ws:// URL that it attaches to; undefined if it starts the program. */
  readonly address?: string;
}

const TYPES: readonly unknown[] = ['node', 'pwa-node'];

/** True for a type of debug sessions and configurations that are of Node.js programs. */
export function isNodeType(type: unknown): boolean {
  return TYPES.includes(type);
}

/**
 * Those of a folder's launch.json that start a Node.js program or say where one listens.
 * @param configurations The setting `launch.configurations`, which may be anything.
 */
export function readLaunchConfigurations(
  configurations: unknown,
  folder: string,
): LaunchConfiguration[] {
  if (!Array.isArray(configurations)) return [];
  return configurations.flatMap((entry: unknown) => {
    const fields = (entry ?? {}) as Record<string, unknown>;
    const { name, type, request } = fields;
    if (typeof name !== 'string' || !isNodeType(type)) return [];
    if (request === 'launch') return [{ name, folder }];
    const address = request === 'attach' ? attachAddress(fields) : undefined;
    return address === undefined ? [] : [{ name, folder, address }];
  });
}

/** Undefined if it picks a process when it starts, or goes by a variable. */
function attachAddress(fields: Record<string, unknown>): string | undefined {
  const { websocketAddress, address = '127.0.0.1', port = 9229, processId } = fields;
  if (typeof websocketAddress === 'string') return literal(websocketAddress);
  if (processId !== undefined || typeof address !== 'string') return undefined;
  const isPort = typeof port === 'number' || (typeof port === 'string' && /^\d+$/.test(port));
  const host = address === 'localhost' ? '127.0.0.1' : address;
  return isPort ? literal(`${host.includes(':') ? `[${host}]` : host}:${port}`) : undefined;
}

function literal(text: string): string | undefined {
  return text.includes('${') ? undefined : text;
}

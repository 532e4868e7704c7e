import type { KubernetesPod } from './kubernetes';
import type { SshHost } from './ssh';

/** A program somewhere else, and the port of its inspector there. */
export type RemoteTarget = { readonly inspectPort: number } & RemoteLocation;

export type RemoteLocation =
  | ({ readonly kind: 'ssh' } & SshHost)
  | ({ readonly kind: 'kubernetes' } & KubernetesPod)
  | {
      readonly kind: 'docker';
      readonly container: string;
      /** Whether a second process may run in the container, one for each connection. */
      readonly mayPipe?: boolean;
    };

/** Where the inspector of Node.js listens unless told otherwise. */
export const DEFAULT_INSPECT_PORT = 9229;

import { launchUnderInspector } from '../inspector/launch';
import { openInspectorOf } from '../inspector/pid';
import { resolveTarget } from '../inspector/targets';
import type { ProgressLine } from './progress';
import type { TargetChoice } from './targetOptions';

/** A process that can be attached to, and whatever had to be started to reach it. */
export interface OpenTarget {
  readonly webSocketUrl: string;
  /** Ends what was started; call it last. */
  readonly release: () => Promise<void>;
}

/**
 * Makes the process that was chosen reachable.
 * @throws LeaklineError as what finds, opens or starts it
 */
export async function openTarget(
  target: TargetChoice,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<OpenTarget> {
  switch (target.kind) {
    case 'attach': {
      const { webSocketUrl } = await resolveTarget(target.address, undefined, { signal });
      return { webSocketUrl, release: nothing };
    }
    case 'pid':
      return { webSocketUrl: await openInspectorOf(target.pid, { signal }), release: nothing };
    case 'launch': {
      const onOutput = (line: string) => progress.print(line);
      const launched = await launchUnderInspector(target.command, { signal, onOutput });
      return { webSocketUrl: launched.webSocketUrl, release: () => launched.stop() };
    }
  }
}

async function nothing(): Promise<void> {}

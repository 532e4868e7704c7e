import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter, type Event } from '../../base/event';
import type { Attachment } from '../run/connection';

const INTERVAL_MS = 5_000;
const KEPT_READINGS = 12;

/** When to look, and at what. */
interface LiveHeapSources {
  readonly connection: {
    readonly current: Attachment | undefined;
    readonly onDidChange: Event<void>;
  };
  /** False while nobody looks, or other work is done with the session. */
  readonly mayLook: () => boolean;
}

/**
 * Reads now and then how much of the heap is used, while something is attached. V8 answers from its
 * counters: nothing is collected, stopped or evaluated.
 */
export class LiveHeap implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly disposables = new DisposableStore();
  private timer: NodeJS.Timeout | undefined;
  private session: Attachment['session'] | undefined;
  private bytes: number[] = [];

  constructor(private readonly sources: LiveHeapSources) {
    this.disposables.add(sources.connection.onDidChange(() => this.follow()));
    this.disposables.add(this.changed);
  }

  /** Bytes, oldest first, of what is attached to. */
  get readings(): readonly number[] {
    return this.bytes;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.session = undefined;
    this.disposables.dispose();
  }

  private follow(): void {
    const session = this.sources.connection.current?.session;
    if (session === this.session) return;
    this.session = session;
    this.bytes = [];
    clearTimeout(this.timer);
    if (session) void this.look(session);
  }

  /** One reading at a time: a program that is busy answers late. */
  private async look(session: Attachment['session']): Promise<void> {
    if (this.sources.mayLook()) {
      const used = await session.usedHeapBytes().catch(() => undefined);
      if (session !== this.session) return;
      if (used !== undefined) this.bytes = [...this.bytes, used].slice(-KEPT_READINGS);
      this.changed.fire();
    }
    this.timer = setTimeout(() => void this.look(session), INTERVAL_MS);
    this.timer.unref();
  }
}

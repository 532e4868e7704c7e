import { DisposableStore, type Disposable } from '../../base/disposable';
import { throwIfAborted, type LeaklineError } from '../../base/errors';
import { Emitter } from '../../base/event';
import type { ConnectOptions, InspectorSession } from '../../inspector/inspectorSession';
import type { Target } from '../../inspector/targets';
import type { LaunchConfiguration } from './launchConfigurations';

/** Opens a session on a target's ws:// URL, as `InspectorSession.connect` does. */
type OpenSession = (webSocketUrl: string, options: ConnectOptions) => Promise<InspectorSession>;

/** What is attached to. */
export interface Attachment {
  readonly session: InspectorSession;
  readonly target: Target;
  /** As the person gave it. */
  readonly address: string;
  /** What started the program, if Leakline did. */
  readonly configuration?: LaunchConfiguration;
  /** The worker thread, as `chooseWorker` takes it, if it is not the main one. */
  readonly worker?: string;
}

/**
 * Owns the one inspector session. Object ids live as long as it does, so it is opened once and kept
 * over all snapshots until the person detaches or the program ends.
 */
export class Connection implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly lost = new Emitter<LeaklineError>();
  readonly onDidChange = this.changed.event;
  /** The connection ended without being asked to. */
  readonly onDidLose = this.lost.event;

  private attached: Attachment | undefined;
  private subscriptions = new DisposableStore();
  private last: string | undefined;

  constructor(private readonly openSession: OpenSession) {}

  get current(): Attachment | undefined {
    return this.attached;
  }

  /** Where the last attach went, whether or not it still holds. */
  get lastAddress(): string | undefined {
    return this.last;
  }

  /**
   * Attaches, after having detached from what was attached before.
   * @throws LeaklineError as the opening of a session does; `cancelled` if the signal is aborted.
   */
  async attach(
    target: Target,
    address: string,
    signal: AbortSignal,
    { configuration, worker }: Pick<Attachment, 'configuration' | 'worker'> = {},
  ): Promise<Attachment> {
    this.last = address;
    await this.detach();
    const title = worker === undefined ? target.title : `${target.title}, worker ${worker}`;
    const session = await this.openSession(target.webSocketUrl, { title, worker, signal });
    if (signal.aborted) await session.close();
    throwIfAborted(signal);
    const attachment = {
      session,
      target: { ...target, title },
      address,
      ...(configuration && { configuration }),
      ...(worker !== undefined && { worker }),
    };
    this.attached = attachment;
    this.subscriptions.add(session.onDidClose((error) => this.onClosed(attachment, error)));
    this.changed.fire();
    return attachment;
  }

  /** Ends the session; does nothing without one. */
  async detach(): Promise<void> {
    const session = this.forget()?.session;
    if (!session) return;
    this.changed.fire();
    await session.close();
  }

  dispose(): void {
    this.forget()?.session.dispose();
    this.changed.dispose();
    this.lost.dispose();
  }

  private onClosed(attachment: Attachment, error: LeaklineError): void {
    if (this.attached !== attachment) return;
    this.forget();
    this.changed.fire();
    this.lost.fire(error);
  }

  private forget(): Attachment | undefined {
    const attachment = this.attached;
    this.attached = undefined;
    this.subscriptions.dispose();
    this.subscriptions = new DisposableStore();
    return attachment;
  }
}

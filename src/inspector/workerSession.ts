import { LeaklineError } from '../base/errors';
import { CdpSession, type ReplyListener } from './cdpSession';
import { fields } from './inspectorProtocol';

/** How long a process may take to detach from its worker before the connection is torn down. */
const DETACH_GRACE_MS = 500;

/**
 * The protocol session of a worker thread. Its messages travel inside those of a session with the
 * main isolate of the same process, which it owns: both end together.
 * https://github.com/nodejs/node/blob/main/src/inspector/node_protocol.pdl (domain NodeWorker)
 */
export class WorkerSession extends CdpSession {
  private lastId = 0;
  private readonly replies = new Map<number, ReplyListener>();

  /** @param sessionId as `NodeWorker.attachedToWorker` named it */
  constructor(
    private readonly main: CdpSession,
    private readonly sessionId: string,
  ) {
    super();
    main.on('NodeWorker.receivedMessageFromWorker', (from) => {
      // What this throws ends the connection, as any other message that breaks the protocol.
      if (from.sessionId === sessionId) this.receive(from.message);
    });
    main.on('NodeWorker.detachedFromWorker', (from) => {
      if (from.sessionId === sessionId) this.abandon(endedError());
    });
    // What the program starts from now on is not asked for.
    main.on('NodeWorker.attachedToWorker', (started) => void detachWorker(main, started.sessionId));
    main.onDidClose((reason) => this.abandon(reason));
  }

  protected override setPaused(paused: boolean): void {
    if (paused) this.main.pauseReading();
    else this.main.resumeReading();
  }

  protected override post(method: string, params: object, onReply: ReplyListener): void {
    const id = ++this.lastId;
    this.replies.set(id, onReply);
    const message = JSON.stringify({ id, method, params });
    const sent = this.main.send('NodeWorker.sendMessageToWorker', {
      sessionId: this.sessionId,
      message,
    });
    sent.catch((error: Error) => this.answer(id, error, undefined));
  }

  protected override async release(): Promise<void> {
    await detachWorker(this.main, this.sessionId);
    await this.main.close();
  }

  private receive(text: string): void {
    const message = fields(JSON.parse(text), 'message');
    const { id, method, error, result } = message;
    if (typeof id === 'number') this.answer(id, error !== undefined, error ?? result);
    else if (typeof method === 'string') this.deliver(method, message['params']);
  }

  private answer(id: number, error: boolean | Error, response: unknown): void {
    const onReply = this.replies.get(id);
    this.replies.delete(id);
    onReply?.(error, response);
  }
}

/**
 * Ends the session with a worker, and all that it has asked for. That must be said: when only the
 * connection ends, Node.js (20 to 26) leaves the worker's sampling and tracking on. Never rejects.
 */
export async function detachWorker(main: CdpSession, sessionId: string): Promise<void> {
  const inTime = { timeoutMs: DETACH_GRACE_MS, timedOut: endedError };
  await main.send('NodeWorker.detach', { sessionId }, inTime).catch(() => undefined);
}

function endedError(): LeaklineError {
  return new LeaklineError(
    'connectionLost',
    'The worker thread has ended.',
    'Choose one that keeps running.',
  );
}

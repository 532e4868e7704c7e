import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import { Emitter } from '../../base/event';
import { plainText } from '../../report/plainText';
import { isNodeType, readLaunchConfigurations } from './launchConfigurations';

/** A Node.js program that VS Code debugs. */
export interface DebuggedProgram {
  readonly sessionId: string;
  /** As the debugger calls it, mostly `app.js [PID]`. */
  readonly name: string;
  /** Of the launch configuration that it was started by. */
  readonly configuration: string;
}

/**
 * The debug sessions of Node.js programs that VS Code has. Leakline opens a connection of its own to
 * the inspector that the debugger uses. The debugger's is not to be shared: it hands out no scripts a
 * second time, and what one side switches off is off for both.
 */
export class DebugSessions implements vscode.Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly running = new Map<string, vscode.DebugSession>();
  /** HOST:PORT by session, as far as somebody asked. */
  private readonly addresses = new Map<string, string>();
  private readonly subscriptions = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => this.add(session)),
    vscode.debug.onDidTerminateDebugSession(({ id }) => this.remove(id)),
  );

  constructor() {
    // VS Code tells of no other session that began before us.
    if (vscode.debug.activeDebugSession) this.add(vscode.debug.activeDebugSession);
  }

  /** The active one first. */
  get programs(): DebuggedProgram[] {
    const active = vscode.debug.activeDebugSession?.id;
    return [...this.running.values()]
      .filter(({ id }) => !this.isParent(id))
      .sort((a, b) => Number(b.id === active) - Number(a.id === active))
      .map((session) => ({
        sessionId: session.id,
        name: plainText(session.name, 200),
        configuration: plainText(rootOf(session).name, 200),
      }));
  }

  /**
   * HOST:PORT of the inspector that a session debugs, or the ws:// URL that its configuration has.
   * @throws LeaklineError `targetNotFound` if the session has ended or its program does not say
   */
  async addressOf(sessionId: string): Promise<string> {
    const session = this.running.get(sessionId);
    if (!session) throw sessionEnded();
    const { configuration } = rootOf(session);
    const [attached] = readLaunchConfigurations([configuration], '');
    const address = attached?.address ?? `127.0.0.1:${await debugPort(session)}`;
    this.addresses.set(sessionId, address);
    return address;
  }

  /** The launch configuration of a program that was reached by `addressOf`, as the debugger has it. */
  configurationAt(address: string): vscode.DebugConfiguration | undefined {
    const [sessionId] = [...this.addresses].find(([, known]) => known === address) ?? [];
    const session = sessionId === undefined ? undefined : this.running.get(sessionId);
    return session && rootOf(session).configuration;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  private isParent(id: string): boolean {
    return [...this.running.values()].some(({ parentSession }) => parentSession?.id === id);
  }

  private add(session: vscode.DebugSession): void {
    if (!isNodeType(session.type)) return;
    this.running.set(session.id, session);
    this.changed.fire();
  }

  private remove(id: string): void {
    this.addresses.delete(id);
    if (this.running.delete(id)) this.changed.fire();
  }
}

function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  return session.parentSession ? rootOf(session.parentSession) : session;
}

/** Reads where the program's inspector listens, which changes nothing in it. */
async function debugPort(session: vscode.DebugSession): Promise<number> {
  const request = { expression: 'process.debugPort', context: 'repl' };
  const answer: unknown = await Promise.resolve(session.customRequest('evaluate', request)).catch(
    () => undefined,
  );
  const port = Number((answer as { readonly result?: unknown } | undefined)?.result);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LeaklineError(
    'targetNotFound',
    vscode.l10n.t('The debugger of {0} does not say where its inspector listens.', session.name),
    vscode.l10n.t('Start the program with node --inspect, and attach to that.'),
  );
}

function sessionEnded(): LeaklineError {
  return new LeaklineError(
    'targetNotFound',
    vscode.l10n.t('This debug session has ended.'),
    vscode.l10n.t('Start it again.'),
  );
}

import assert from 'node:assert/strict';
import { LeaklineError } from '../../../../src/base/errors';
import { Emitter } from '../../../../src/base/event';
import { Connection } from '../../../../src/extension/run/connection';
import type { InspectorSession } from '../../../../src/inspector/inspectorSession';
import type { Target } from '../../../../src/inspector/targets';

/** A session that only opens, closes and is lost. */
class FakeSession {
  private readonly ended = new Emitter<LeaklineError>();
  readonly onDidClose = this.ended.event;
  isClosed = false;

  close(): Promise<void> {
    this.isClosed = true;
    this.ended.fire(new LeaklineError('connectionLost', 'closed'));
    return Promise.resolve();
  }

  dispose(): void {
    void this.close();
  }
}

function target(title: string): Target {
  return { id: title, title, url: '', type: 'node', webSocketUrl: `ws://127.0.0.1/${title}` };
}

describe('Connection', () => {
  let sessions: FakeSession[];
  let connection: Connection;
  let lost: LeaklineError[];
  const { signal } = new AbortController();

  beforeEach(() => {
    sessions = [];
    lost = [];
    connection = new Connection(() => {
      const session = new FakeSession();
      sessions.push(session);
      return Promise.resolve(session as unknown as InspectorSession);
    });
    connection.onDidLose((error) => lost.push(error));
  });

  it('holds what it is attached to', async () => {
    let changes = 0;
    connection.onDidChange(() => changes++);
    await connection.attach(target('a'), '127.0.0.1:1', signal);
    assert.equal(connection.current?.target.title, 'a');
    assert.equal(connection.current?.session, sessions[0]);
    assert.equal(changes, 1);
  });

  it('opens the session of the worker thread that is meant, and says which', async () => {
    const asked: unknown[] = [];
    const toWorker = new Connection((_, { worker, title }) => {
      asked.push(worker, title);
      return Promise.resolve(new FakeSession() as unknown as InspectorSession);
    });
    await toWorker.attach(target('a'), '127.0.0.1:1', signal, { worker: 'resize' });
    assert.deepEqual(asked, ['resize', 'a, worker resize']);
    assert.equal(toWorker.current?.worker, 'resize');
    assert.equal(toWorker.current?.target.title, 'a, worker resize');
    toWorker.dispose();
  });

  it('closes the session before it opens another', async () => {
    await connection.attach(target('a'), '127.0.0.1:1', signal);
    await connection.attach(target('b'), '127.0.0.1:2', signal);
    assert.deepEqual(
      sessions.map(({ isClosed }) => isClosed),
      [true, false],
    );
    assert.equal(connection.lastAddress, '127.0.0.1:2');
  });

  it('tells that it was lost, but not that it was detached', async () => {
    await connection.attach(target('a'), '127.0.0.1:1', signal);
    await connection.detach();
    assert.deepEqual(lost, []);

    await connection.attach(target('b'), '127.0.0.1:1', signal);
    await sessions[1].close();
    assert.equal(lost.length, 1);
    assert.equal(connection.current, undefined);
  });

  it('can be attached again after it was lost', async () => {
    await connection.attach(target('a'), '127.0.0.1:1', signal);
    await sessions[0].close();
    await connection.attach(target('b'), connection.lastAddress!, signal);
    assert.equal(connection.current?.target.title, 'b');
  });

  it('closes a session that opened too late', async () => {
    const abort = new AbortController();
    const attaching = connection.attach(target('a'), '127.0.0.1:1', abort.signal);
    abort.abort();
    await assert.rejects(attaching, { code: 'cancelled' });
    assert.equal(sessions[0].isClosed, true);
    assert.equal(connection.current, undefined);
  });

  it('closes its session when it is disposed', async () => {
    await connection.attach(target('a'), '127.0.0.1:1', signal);
    connection.dispose();
    assert.equal(sessions[0].isClosed, true);
    assert.deepEqual(lost, []);
  });
});

import assert from 'node:assert/strict';
import { CdpClient } from '../../../src/inspector/cdpClient';
import { ObjectIdSentinels } from '../../../src/inspector/objectIdSentinels';
import { FakeInspector, type Command, type FakeConnection } from './fakeInspector';

/** V8's id table: a snapshot gives every object that has none the next number, in heap order. */
class FakeHeap {
  private readonly objects: string[] = [];
  private ids = new Map<string, number>();
  private nextId = 1;
  /** Runs when a snapshot is asked for, before it is taken. */
  beforeSnapshot: () => void = () => undefined;

  takeSnapshot(): void {
    for (const object of this.objects) {
      if (this.ids.has(object)) continue;
      this.ids.set(object, this.nextId);
      this.nextId += 2;
    }
  }

  reset(): void {
    this.ids = new Map();
    this.nextId = 1;
  }

  answer(command: Command, connection: FakeConnection): void {
    const { method, params } = command;
    if (method === 'Runtime.evaluate') {
      const objectId = `handle-${this.objects.length}`;
      // V8 numbers in address order: what is young tends to come first.
      this.objects.unshift(objectId);
      connection.reply(command, { result: { type: 'object', objectId } });
    } else if (method === 'HeapProfiler.getHeapObjectId') {
      const id = this.ids.get(String(params['objectId'])) ?? 0;
      connection.reply(command, { heapSnapshotObjectId: String(id) });
    } else {
      if (method === 'HeapProfiler.takeHeapSnapshot') {
        this.beforeSnapshot();
        this.takeSnapshot();
      }
      connection.reply(command);
    }
  }
}

describe('ObjectIdSentinels', () => {
  let heap: FakeHeap;
  let fake: FakeInspector;
  let client: CdpClient;
  let sentinels: ObjectIdSentinels;

  beforeEach(async () => {
    heap = new FakeHeap();
    fake = await FakeInspector.start({
      onCommand: (command, connection) => heap.answer(command, connection),
    });
    client = await CdpClient.connect(fake.url);
    sentinels = await ObjectIdSentinels.plant(client);
  });

  afterEach(async () => {
    await client.close();
    await fake.stop();
  });

  async function snapshot(): Promise<boolean> {
    await sentinels.around(() => client.send('HeapProfiler.takeHeapSnapshot'));
    return sentinels.takeVerdict();
  }

  it('holds while nobody interferes', async () => {
    const verdicts = [await snapshot(), await snapshot(), await snapshot(), await snapshot()];
    assert.deepEqual(verdicts, [true, true, true, true]);
  });

  it('notices a reset once, and then has a new baseline', async () => {
    await snapshot();
    heap.reset();
    assert.equal(await snapshot(), false);
    assert.equal(await snapshot(), true);
  });

  it('notices a reset after which another client gave the anchors their old numbers', async () => {
    await snapshot();
    const ids = () => sentinels['idsOf'](sentinels['anchors']);
    const before = await ids();
    heap.reset();
    // The newcomer comes last this time, so that the anchors are counted as at first.
    const objects = heap['objects'];
    objects.push(objects.shift()!);
    heap.takeSnapshot();
    assert.deepEqual(await ids(), before, 'anchors alone do not tell');
    assert.equal(await snapshot(), false);
  });

  describe('where V8 gives ids early', () => {
    it('takes a newcomer with an id for no reset', async () => {
      await snapshot();
      heap.takeSnapshot();
      assert.equal(await snapshot(), false, 'somebody else took a snapshot');
      sentinels.expectEarlyIds();
      heap.takeSnapshot();
      assert.equal(await snapshot(), true);
    });

    it('still notices a reset', async () => {
      await snapshot();
      sentinels.expectEarlyIds();
      heap.reset();
      assert.equal(await snapshot(), false);
    });
  });

  it('notices a reset that slips in between its question and the snapshot', async () => {
    await snapshot();
    heap.beforeSnapshot = () => heap.reset();
    assert.equal(await snapshot(), false);
  });

  it('reports a reset that a snapshot noticed which came to nothing', async () => {
    await snapshot();
    heap.reset();
    await sentinels.around(() => client.send('HeapProfiler.takeHeapSnapshot'));
    assert.equal(await snapshot(), false);
  });

  it('asks before the snapshot without waiting in between', async () => {
    await snapshot();
    const asked: string[] = [];
    const answer = heap.answer.bind(heap);
    heap.answer = (command, connection) => {
      asked.push(command.method);
      answer(command, connection);
    };
    await snapshot();
    assert.equal(asked.indexOf('HeapProfiler.takeHeapSnapshot'), 4);
    assert.deepEqual(new Set(asked.slice(0, 4)), new Set(['HeapProfiler.getHeapObjectId']));
  });
});

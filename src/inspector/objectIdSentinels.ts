import { LeaklineError } from '../base/errors';
import type { CdpSession } from './cdpSession';

/** Objects that live as long as the program, and one of our own. */
const ANCHORS = ['Object.prototype', 'globalThis', '({})'];
const ANCHOR_GROUP = 'leakline.anchors';
const NEWCOMER_GROUP = 'leakline.newcomer';

/**
 * Tells whether V8's heap object ids still mean what they meant at the last snapshot. V8 keeps one id
 * table for the whole isolate and throws it away when any client disables its heap profiler or
 * detaches (Node 20: whether or not it used it); afterwards ids come back on other objects.
 *
 * Two kinds of objects are watched. *Anchors* had their ids at the last snapshot: after a reset they
 * have none (0), or others once somebody has taken another snapshot. That could give them the same
 * numbers again, for V8 counts from the start; so a *newcomer*, made after the last snapshot, must
 * have no id yet, and in ours must get a higher one than any anchor.
 */
export class ObjectIdSentinels {
  private known: readonly number[] = [];
  private newcomer: string | undefined;
  private reset = false;
  private earlyIds = false;

  private constructor(
    private readonly client: CdpSession,
    private readonly anchors: readonly string[],
  ) {}

  /** Needs `HeapProfiler.enable`. Evaluates nothing that has an effect in the target. */
  static async plant(client: CdpSession): Promise<ObjectIdSentinels> {
    const anchors = ANCHORS.map((expression) => handle(client, expression, ANCHOR_GROUP));
    return new ObjectIdSentinels(client, await Promise.all(anchors));
  }

  /**
   * Runs `takeSnapshot` between two looks at the ids; the first is sent in the same turn, so that
   * there is no time in which a reset could slip through.
   */
  async around(takeSnapshot: () => Promise<unknown>): Promise<void> {
    const before = this.untouched();
    before.catch(() => undefined);
    await takeSnapshot();
    const [held, ids] = await Promise.all([before, this.idsOf(this.anchors)]);
    if (!held || !(await this.continues(ids))) this.reset = true;
    this.known = ids;
    await this.replaceNewcomer();
  }

  /**
   * From now on V8 gives every object an id soon after it was made, which it does while it tracks
   * allocations: that a newcomer has one says nothing any more.
   */
  expectEarlyIds(): void {
    this.earlyIds = true;
  }

  /**
   * True if ids were not reset between the snapshot before the last call and the latest one. A
   * snapshot that came to nothing in between counts too.
   */
  takeVerdict(): boolean {
    const held = !this.reset;
    this.reset = false;
    return held;
  }

  private async untouched(): Promise<boolean> {
    if (!this.newcomer) return true;
    const [newcomer, ...anchors] = await this.idsOf([this.newcomer, ...this.anchors]);
    return (newcomer === 0 || this.earlyIds) && sameIds(anchors, this.known);
  }

  private async continues(anchors: readonly number[]): Promise<boolean> {
    if (!this.newcomer) return true;
    const [newcomer = 0] = await this.idsOf([this.newcomer]);
    return sameIds(anchors, this.known) && newcomer > Math.max(...anchors);
  }

  private async replaceNewcomer(): Promise<void> {
    await this.client.send('Runtime.releaseObjectGroup', { objectGroup: NEWCOMER_GROUP });
    this.newcomer = await handle(this.client, '({})', NEWCOMER_GROUP);
  }

  private idsOf(handles: readonly string[]): Promise<number[]> {
    const ids = handles.map(async (objectId) => {
      const { heapObjectId } = await this.client.send('HeapProfiler.getHeapObjectId', { objectId });
      return heapObjectId;
    });
    return Promise.all(ids);
  }
}

/** An id of 0 is none: nothing can be said about it. */
function sameIds(ids: readonly number[], known: readonly number[]): boolean {
  return ids.every((id, index) => id !== 0 && id === known[index]);
}

async function handle(
  client: CdpSession,
  expression: string,
  objectGroup: string,
): Promise<string> {
  const { objectId, threw } = await client.send('Runtime.evaluate', {
    expression,
    objectGroup,
    silent: true,
    throwOnSideEffect: true,
  });
  if (objectId !== undefined && !threw) return objectId;
  throw new LeaklineError(
    'protocol',
    `The target could not evaluate ${expression}.`,
    'Check that the address belongs to a Node.js inspector.',
  );
}

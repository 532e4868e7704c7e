import type { AllocationFrame, AllocationStack } from '../base/allocationProfile';
import type { SiteSeries } from '../care/sampleReport';
import { isNodeInternal, packageOf } from '../source/pathMapping';
import { storesOutside } from '../source/storesOutside';
import type { SiteFinder } from './siteFinder';

/** A sampled profile of what was alive at a moment. */
export interface TimedStacks {
  /** Since the start. */
  readonly seconds: number;
  readonly stacks: readonly AllocationStack[];
}

/** Where a stack's objects are put, or made. */
interface Place {
  readonly frame: AllocationFrame;
  /** Undefined if the function stores nothing outside of its call. */
  readonly storedAt: AllocationFrame['position'] | undefined;
}

/**
 * Sums up profiles by the function that is to blame for each stack: the innermost of the program's own
 * that stores something where it outlives the call, else the innermost of its own, else whatever is
 * not Node.js. V8 samples who allocates; what an object is put into, its maker's caller mostly knows.
 */
export async function growingSites(
  profiles: readonly TimedStacks[],
  finder: SiteFinder,
): Promise<SiteSeries[]> {
  const places = new PlaceFinder(finder, profiles.at(-1)?.stacks ?? []);
  const sums = new Map<string, { place: Place; bytes: number[] }>();
  for (const [index, { stacks }] of profiles.entries()) {
    for (const stack of stacks) {
      const place = await places.of(stack);
      if (!place) continue;
      const key = keyOf(place.frame);
      const sum = sums.get(key) ?? { place, bytes: profiles.map(() => 0) };
      sum.bytes[index] += stack.bytes;
      sums.set(key, sum);
    }
  }
  return Promise.all(
    [...sums.values()].map(async ({ place, bytes }) => ({
      functionName: place.frame.functionName,
      site: await siteOf(place, finder),
      readings: bytes.map((value, index) => ({ seconds: profiles[index].seconds, bytes: value })),
    })),
  );
}

class PlaceFinder {
  private readonly inlined = new Map<string, Promise<Place | undefined>>();
  private readonly stores = new Map<string, Promise<AllocationFrame['position'] | undefined>>();

  constructor(
    private readonly finder: SiteFinder,
    private readonly stacks: readonly AllocationStack[],
  ) {}

  async of({ frames }: AllocationStack): Promise<Place | undefined> {
    const own = frames.filter(isOwn);
    const [innermost = frames.find(({ url }) => !isNodeInternal(url))] = own;
    if (!innermost) return undefined;
    return (
      (await this.inlinedIn(innermost)) ??
      (await this.firstStore(own)) ?? { frame: innermost, storedAt: undefined }
    );
  }

  private async firstStore(own: readonly AllocationFrame[]): Promise<Place | undefined> {
    for (const frame of own) {
      const storedAt = await this.storeIn(frame);
      if (storedAt) return { frame, storedAt };
    }
    return undefined;
  }

  /**
   * V8 leaves functions out of a stack that its compiler has inlined. Stacks from before it did show
   * where the calls of this function lead: to the store that most of them pass.
   */
  private inlinedIn(frame: AllocationFrame): Promise<Place | undefined> {
    const key = keyOf(frame);
    let place = this.inlined.get(key);
    if (!place) this.inlined.set(key, (place = this.mostPassedBelow(key, frame)));
    return place;
  }

  private async mostPassedBelow(key: string, frame: AllocationFrame): Promise<Place | undefined> {
    if (await this.storeIn(frame)) return undefined;
    const passed = new Map<string, { place: Place; bytes: number }>();
    for (const { frames, bytes } of this.stacks) {
      const at = frames.findIndex((other) => keyOf(other) === key);
      const place = at > 0 ? await this.firstStore(frames.slice(0, at).filter(isOwn)) : undefined;
      if (!place) continue;
      const sum = bytes + (passed.get(keyOf(place.frame))?.bytes ?? 0);
      passed.set(keyOf(place.frame), { place, bytes: sum });
    }
    return [...passed.values()].sort((a, b) => b.bytes - a.bytes)[0]?.place;
  }

  /** The first line of the function that stores something outside of it. */
  private storeIn(frame: AllocationFrame): Promise<AllocationFrame['position'] | undefined> {
    const key = keyOf(frame);
    let store = this.stores.get(key);
    if (!store) this.stores.set(key, (store = this.look(frame)));
    return store;
  }

  private async look({ scriptId, position }: AllocationFrame) {
    const syntax = await this.finder.syntaxOf(scriptId);
    return syntax && storesOutside(syntax.tree, syntax.scopes, position)[0];
  }
}

async function siteOf({ frame, storedAt }: Place, finder: SiteFinder) {
  const role = storedAt ? 'growth' : 'allocation';
  const position = storedAt ?? frame.position;
  const [found] = await finder.toSites(frame.scriptId, [{ role, position, weight: 1 }], 0);
  return found?.site;
}

function isOwn({ url }: AllocationFrame): boolean {
  return !isNodeInternal(url) && packageOf(url) === undefined;
}

function keyOf({ scriptId, position }: AllocationFrame): string {
  return `${scriptId}:${position.line}:${position.column}`;
}

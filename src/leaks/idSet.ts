/** Ids that a page has a bit for: 32 KiB of bits. */
const IDS_PER_PAGE = 2 ** 18;

/**
 * A set of V8 object ids, whole numbers, as pages of bits: V8 counts ids up, so that those of ten
 * million objects lie close together and take a few megabytes.
 */
export class IdSet {
  private readonly pages: (Uint32Array | undefined)[] = [];

  /** @param ids 0 is no id and is left out. */
  constructor(ids: ArrayLike<number>) {
    for (let i = 0; i < ids.length; i++) if (ids[i] !== 0) this.add(ids[i]);
  }

  has(id: number): boolean {
    const page = this.pages[Math.floor(id / IDS_PER_PAGE)];
    if (!page) return false;
    const bit = id % IDS_PER_PAGE;
    return (page[bit >>> 5] & (1 << (bit & 31))) !== 0;
  }

  private add(id: number): void {
    const at = Math.floor(id / IDS_PER_PAGE);
    const page = (this.pages[at] ??= new Uint32Array(IDS_PER_PAGE / 32));
    const bit = id % IDS_PER_PAGE;
    page[bit >>> 5] |= 1 << (bit & 31);
  }
}

import { Emitter } from '../../base/event';

/** The part of VS Code's Memento that is needed. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** An address that the person has given a name. */
export interface SavedTarget {
  readonly name: string;
  readonly address: string;
}

const SAVED = 'leakline.savedTargets';
const RECENT = 'leakline.recentTargets';
const MOST_RECENT = 5;

/** Addresses to come back to, kept over restarts: those that were saved and those used last. */
export class TargetMemory {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {}

  /** In the order of their names. */
  get saved(): readonly SavedTarget[] {
    return this.memory.get<SavedTarget[]>(SAVED) ?? [];
  }

  /** The last one first. */
  get recent(): readonly string[] {
    return this.memory.get<string[]>(RECENT) ?? [];
  }

  async remember(address: string): Promise<void> {
    const recent = [address, ...this.recent.filter((other) => other !== address)];
    await this.update(RECENT, recent.slice(0, MOST_RECENT));
  }

  /** Replaces what was saved of the same address. */
  async save(target: SavedTarget): Promise<void> {
    const others = this.saved.filter(({ address }) => address !== target.address);
    const sorted = [...others, target].sort((a, b) => a.name.localeCompare(b.name));
    await this.update(SAVED, sorted);
  }

  /** Forgets an address, saved or not. */
  async remove(address: string): Promise<void> {
    await this.update(
      SAVED,
      this.saved.filter((saved) => saved.address !== address),
    );
    await this.update(
      RECENT,
      this.recent.filter((recent) => recent !== address),
    );
  }

  private async update(key: string, value: unknown): Promise<void> {
    await this.memory.update(key, value);
    this.changed.fire();
  }
}

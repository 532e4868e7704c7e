import { Emitter } from '../../base/event';
import type { InvestigationPlan } from '../../investigation/investigation';
import type { Drive } from './drive';
import { leakOf, type Leak } from './fixVerdict';
import type { LaunchConfiguration } from './launchConfigurations';
import type { LeakReport } from '../../leaks/leakReport';
import type { Memory } from '../views/targetMemory';

/** All that it takes to do a run again, and what it found. */
export interface RememberedRun extends RepeatableRun {
  readonly leaks: readonly Leak[];
  /** Bytes of the heap at its first and last snapshot. */
  readonly heapBytes: readonly number[];
}

export interface RepeatableRun {
  /** Where a program that was started again is found: HOST:PORT wherever possible. */
  readonly address: string;
  /** Of the process that ran: another one has another. */
  readonly webSocketUrl: string;
  /** What started the program, if Leakline did. */
  readonly configuration?: LaunchConfiguration;
  /** The worker thread that was looked into, if it was not the main one. */
  readonly worker?: string;
  readonly plan: InvestigationPlan;
  readonly drive: Drive;
  /** Absolute. */
  readonly root: string;
}

const KEY = 'leakline.lastRun';

/** The last run, kept over a reload of the window, so that a fix can be verified. */
export class LastRun {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {}

  get value(): RememberedRun | undefined {
    return this.memory.get<RememberedRun>(KEY);
  }

  async remember(run: RepeatableRun, { findings, heapBytes }: LeakReport): Promise<void> {
    await this.memory.update(KEY, { ...run, heapBytes, leaks: findings.map(leakOf) });
    this.changed.fire();
  }
}

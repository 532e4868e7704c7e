import type { PassTime, SummaryTimings } from './contract';

/** Takes the wall time of steps that follow each other without a gap. */
export class PassTimer {
  private readonly passes: PassTime[] = [];
  private readonly started = performance.now();
  private running: { readonly name: string; readonly since: number } | undefined;

  /** Ends the step before, if it was another one. */
  begin(name: string): void {
    if (this.running?.name === name) return;
    this.endPass();
    this.running = { name, since: performance.now() };
  }

  end(): SummaryTimings {
    this.endPass();
    return {
      passes: this.passes,
      totalMilliseconds: performance.now() - this.started,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    };
  }

  private endPass(): void {
    if (!this.running) return;
    const { name, since } = this.running;
    this.passes.push({ name, milliseconds: performance.now() - since });
    this.running = undefined;
  }
}

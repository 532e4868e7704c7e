export class Job {
  private static readonly all = new Map<number, Job>();
  private static nextId = 1;

  readonly id = Job.nextId++;
  private state: 'waiting' | 'done' = 'waiting';

  constructor(
    readonly title: string,
    private readonly steps: readonly (() => void)[],
  ) {
    Job.all.set(this.id, this);
  }

  static waiting(): number {
    let count = 0;
    for (const job of Job.all.values()) if (job.state === 'waiting') count++;
    return count;
  }

  run(): void {
    for (const step of this.steps) step();
    this.state = 'done';
  }
}

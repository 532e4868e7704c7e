import { Agent, request } from 'node:http';

/** A few clients that ask a server of this machine again and again, one request at a time each. */
export class BoundedLoad {
  /** Requests that got a whole answer with the status 200. */
  answered = 0;
  /** Why the others failed. */
  readonly failures: string[] = [];
  private readonly agent: Agent;
  private readonly clients: Promise<void>[];
  private readonly waiting = new Set<() => void>();
  private isOver = false;

  constructor(
    private readonly port: number,
    clients = 4,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: clients });
    this.clients = Array.from({ length: clients }, () => this.runClient());
  }

  /** Waits until so many more requests have ended, one way or the other. */
  async more(count: number): Promise<void> {
    const until = this.ended + count;
    while (this.ended < until) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  /** Lets the requests that are under way come to their end. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.clients);
    this.agent.destroy();
  }

  private get ended(): number {
    return this.answered + this.failures.length;
  }

  private async runClient(): Promise<void> {
    while (!this.isOver) {
      await this.ask();
      for (const wake of this.waiting) wake();
      this.waiting.clear();
      // A few hundred requests a second are load enough, and leave the machine to others.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  private ask(): Promise<void> {
    return new Promise((resolve) => {
      const fail = (why: string) => {
        this.failures.push(why);
        resolve();
      };
      const asked = request({ port: this.port, host: '127.0.0.1', agent: this.agent });
      asked.on('error', (error) => fail(error.message));
      asked.on('response', (response) => {
        response.on('error', (error) => fail(error.message)).resume();
        response.on('end', () => {
          if (response.statusCode !== 200) return fail(`HTTP ${response.statusCode}`);
          this.answered++;
          resolve();
        });
      });
      asked.end();
    });
  }
}

import { EventEmitter } from 'node:events';

export class Client extends EventEmitter {
  readonly buffer = Buffer.alloc(8192);
  queries = 0;

  async query(text: string): Promise<string> {
    await new Promise((resolve) => setImmediate(resolve));
    this.queries++;
    return this.buffer.toString('latin1', 0, this.buffer.write(text));
  }
}

export class Pool {
  private readonly idle: Client[] = [];
  private readonly waiting: ((client: Client) => void)[] = [];
  private open = 0;

  constructor(private readonly max: number) {}

  async with<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.acquire();
    try {
      return await use(client);
    } finally {
      const next = this.waiting.shift();
      if (next) next(client);
      else this.idle.push(client);
    }
  }

  private async acquire(): Promise<Client> {
    const client = this.idle.pop();
    if (client) return client;
    if (this.open === this.max) return new Promise((resolve) => this.waiting.push(resolve));
    this.open++;
    return new Client();
  }
}

interface Session {
  readonly user: string;
  readonly pages: string[];
  expires: number;
}

export class SessionStore {
  private readonly sessions = new Map<string, Session>();
  private created = 0;

  constructor(private readonly options: { ttl: number; sweepEvery: number }) {
    setInterval(() => this.sweep(), options.sweepEvery).unref();
  }

  get size(): number {
    return this.sessions.size;
  }

  create(user: string): string {
    const id = `${++this.created}.${user.length}`;
    this.sessions.set(id, { user, pages: [], expires: Date.now() + this.options.ttl });
    return id;
  }

  get(id: string): Session | undefined {
    const session = this.sessions.get(id);
    if (session) session.expires = Date.now() + this.options.ttl;
    return session;
  }

  private sweep(): void {
    const now = Date.now();
    for (const [id, { expires }] of this.sessions) if (expires < now) this.sessions.delete(id);
  }
}

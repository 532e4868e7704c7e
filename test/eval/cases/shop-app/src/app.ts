export interface Query {
  readonly id: number;
  readonly session: string;
}

export interface Context {
  readonly app: App;
  readonly query: Query;
}

export type Handler = (context: Context) => string;

export class App {
  readonly visits: { path: string; query: Query; at: number }[] = [];
  private readonly routes = new Map<string, Handler>();

  constructor(readonly name: string) {}

  get(path: string, handler: Handler): void {
    this.routes.set(path, handler);
  }

  handle(path: string, query: Query): string {
    const handler = this.routes.get(path);
    return handler ? handler({ app: this, query }) : 'not found';
  }
}

const sessions = Symbol('sessions');

interface Session {
  readonly user: string;
  readonly since: number;
  ended?: number;
}

export class Device {
  static readonly #known = new Map<string, Device>();
  readonly [sessions]: Record<string, Session> = {};
  active = 0;

  private constructor(readonly name: string) {}

  static named(name: string): Device {
    const device = Device.#known.get(name) ?? new Device(name);
    Device.#known.set(name, device);
    return device;
  }

  login(user: string): string {
    const token = `${this.name}/${user}`;
    this[sessions][token] = { user, since: Date.now() };
    this.active++;
    return token;
  }

  logout(token: string): void {
    this[sessions][token].ended = Date.now();
    this.active--;
  }
}

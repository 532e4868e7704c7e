import { SessionStore } from './sessionStore';

const sessions = new SessionStore({ ttl: 900, sweepEvery: 150 });

/** POST /login, then one page */
export function work(i: number): number {
  const id = sessions.create(`user ${i % 500}`);
  sessions.get(id)?.pages.push(`/home/${i}`);
  return sessions.size;
}

import { setTimeout as delay } from 'node:timers/promises';
import { listTargets, parseAttachAddress } from './targets';

const ANNOUNCEMENT = /^Debugger listening on (ws:\/\/127\.0\.0\.1:(\d+)\/[\w-]+)$/;
const CHATTER =
  /^(?:Debugger ending on ws:\/\/|Debugger attached\.$|For help, see: https:\/\/nodejs\.org\/|Waiting for the debugger to disconnect\.\.\.$)/;
/** Packages whose program does nothing but start the one that is meant. */
const WRAPPER =
  /\/(?:node_modules|nodejs|share)\/(?:npm|pnpm|yarn|corepack|tsx|nodemon|ts-node-dev|cross-env|dotenv-cli|env-cmd)\/|\/\.yarn\/releases\//;
/** How long nobody may announce anything before the last announcement counts. */
const QUIET_MS = 700;

interface Announcement {
  readonly url: string;
  readonly port: string;
}

/**
 * Follows what Node's inspector prints to stderr. A command may start several Node processes, each
 * of which announces itself: a package manager first, the program last.
 */
export class AnnouncementWatch {
  private latest: Announcement | undefined;
  private wake: () => void = () => undefined;
  private next = this.nextAnnouncement();

  /** True if the line was the inspector's and not the program's. */
  readLine(line: string): boolean {
    const [, url, port] = ANNOUNCEMENT.exec(line) ?? [];
    if (url === undefined || port === undefined) return CHATTER.test(line);
    this.latest = { url, port };
    this.wake();
    this.next = this.nextAnnouncement();
    return true;
  }

  /** The ws:// URL of the last process to announce itself, once no other has for a moment. */
  async settledUrl(): Promise<string> {
    for (;;) {
      const { latest, next } = this;
      if (!latest || (await isWrapper(latest))) await next;
      else if (await this.quietFor(next)) return latest.url;
    }
  }

  private quietFor(next: Promise<void>): Promise<boolean> {
    return Promise.race([next.then(() => false), delay(QUIET_MS, true)]);
  }

  private nextAnnouncement(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }
}

async function isWrapper({ port }: Announcement): Promise<boolean> {
  try {
    const targets = await listTargets(parseAttachAddress(port));
    return targets.some(({ url }) => WRAPPER.test(url));
  } catch {
    // It has ended already, so another one is meant.
    return true;
  }
}

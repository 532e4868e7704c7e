import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Browser, chromium } from 'playwright-core';
import { playwrightActions } from './playwrightActions';
import type { WindowActions, WindowAnswer, WindowCall } from './windowActions';

/** Lets the tests inside the extension host drive their own window. */
export interface WindowControl {
  /** Where to send calls. Its path is secret, so that nothing else on the machine can drive. */
  address: string;
  close(): Promise<void>;
}

/**
 * Takes calls for the VS Code window that can be driven at `debuggingPort` of the loopback
 * address. It connects to the window with the first call, as tests run once that is open.
 */
export async function openWindowControl(debuggingPort: number): Promise<WindowControl> {
  const secretPath = `/${randomUUID()}`;
  let connection: Promise<Browser> | undefined;
  const actions = async () => {
    connection ??= chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`);
    connection.catch(() => (connection = undefined));
    return playwrightActions(workbenchPage(await connection));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'POST' || request.url !== secretPath) {
      response.writeHead(404).end();
      return;
    }
    const call = JSON.parse(await text(request)) as WindowCall;
    response.end(JSON.stringify(await perform(call, actions)));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${secretPath}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await connection?.then((browser) => browser.close()).catch(() => {});
    },
  };
}

type Action = (argument: unknown) => Promise<unknown>;

async function perform(
  { action, argument }: WindowCall,
  actions: () => Promise<WindowActions>,
): Promise<WindowAnswer> {
  try {
    const byName = (await actions()) as unknown as Record<string, Action>;
    return { value: await byName[action](argument) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function workbenchPage(browser: Browser) {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const url = /workbench|[?&](?:folder|workspace)=/;
  const page = pages.find((candidate) => url.test(candidate.url()));
  if (!page) throw new Error(`there is no VS Code window among ${pages.length} pages`);
  return page;
}

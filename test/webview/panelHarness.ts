import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import esbuild from 'esbuild';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { Emitter } from '../../src/base/event';
import { serve, type RpcHandlers, type RpcPort, type RpcServer } from '../../src/base/rpc';
import { panelHtml } from '../../src/extension/panel/panelHtml';
import type { PanelContract } from '../../src/webview/panelContract';
import { readJson } from '../support/localizedManifest';
import { projectRoot } from '../support/projectRoot';
import { chromiumSwitches, provideChromium } from '../support/vscode/chromium';
import { themes, type ThemeName } from './themes';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** A browser and a server of the panel's real page; `open` gives it an extension to talk to. */
export interface PanelHarness {
  /** @param language English, or one that there is a bundle of in `l10n`. */
  open(
    handlers: RpcHandlers<PanelContract>,
    theme?: ThemeName,
    language?: string,
  ): Promise<OpenPanel>;
  close(): Promise<void>;
}

export interface OpenPanel {
  readonly page: Page;
  readonly server: RpcServer<PanelContract>;
  /** What the page reported as broken: errors in its code, violations of its policy. */
  readonly problems: string[];
  close(): Promise<void>;
}

/** Bundles the panel from source and starts a real Chromium. */
export async function startPanelHarness(): Promise<PanelHarness> {
  const { origin, server } = await serveFiles();
  const browser = await chromium.launch({
    executablePath: await provideChromium(),
    args: chromiumSwitches,
  });
  return {
    open: (handlers, theme = 'dark', language = 'en') =>
      openPanel(browser, `${origin}/?language=${language}`, handlers, theme),
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serveFiles(): Promise<{ origin: string; server: http.Server }> {
  const files = await bundlePanel();
  const server = http.createServer((request, response) => {
    const answer = (name: string, body: string | Uint8Array) =>
      response.writeHead(200, { 'content-type': TYPES[path.extname(name)] }).end(body);
    const origin = `http://${request.headers.host}`;
    const { pathname, searchParams } = new URL(request.url!, origin);
    const file = files.get(pathname);
    if (file) answer(pathname, file);
    else if (pathname === '/') answer('index.html', pageFor(origin, searchParams.get('language')!));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function pageFor(origin: string, language: string): string {
  return panelHtml({
    nonce: randomBytes(16).toString('hex'),
    cspSource: origin,
    scriptUri: `${origin}/panel.js`,
    styleUri: `${origin}/panel.css`,
    language,
    translations: language === 'en' ? {} : readTranslations(language),
  });
}

function readTranslations(language: string): Record<string, unknown> {
  return readJson(`l10n/bundle.l10n.${language}.json`) as Record<string, unknown>;
}

/** The panel's files by their paths on the server, as the build makes them. */
async function bundlePanel(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: projectRoot,
    entryPoints: [
      { in: 'src/webview/panel.tsx', out: 'panel' },
      { in: 'src/webview/panel.css', out: 'panel' },
    ],
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    outdir: '/',
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  return new Map(outputFiles.map(({ path: file, contents }) => [file, contents]));
}

async function openPanel(
  browser: Browser,
  url: string,
  handlers: RpcHandlers<PanelContract>,
  theme: ThemeName,
): Promise<OpenPanel> {
  const context = await browser.newContext({ viewport: { width: 900, height: 760 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const port = await connectPage(context, page);
  const server = serve<PanelContract>(port, handlers);
  await page.addInitScript(vscodeInBrowser(theme));
  await page.goto(url);
  return {
    page,
    server,
    problems,
    async close() {
      server.dispose();
      await context.close();
    },
  };
}

async function connectPage(context: BrowserContext, page: Page): Promise<RpcPort> {
  const messages = new Emitter<unknown>();
  const closed = new Emitter<Error>();
  await page.exposeFunction('toExtension', (message: unknown) => messages.fire(message));
  context.once('close', () => closed.fire(new Error('The panel was closed.')));
  return {
    post: (message) => {
      page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`).catch(() => undefined);
    },
    onMessage: messages.event,
    onClose: closed.event,
  };
}

/** What VS Code adds to a webview's page: its interface, the theme's variables, the body's class. */
function vscodeInBrowser(theme: ThemeName): string {
  const { bodyClass, variables } = themes[theme];
  return `
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.toExtension(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
    });
    document.addEventListener('readystatechange', () => {
      document.body.className = ${JSON.stringify(bodyClass)};
      for (const [name, value] of Object.entries(${JSON.stringify(variables)}))
        document.documentElement.style.setProperty(name, value);
    });`;
}

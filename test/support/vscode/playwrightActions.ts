import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { outputFolder } from '../projectRoot';
import type { Target, WindowActions } from './windowActions';

/** The actions on a VS Code window that Playwright holds as `page`. */
export function playwrightActions(page: Page): WindowActions {
  const first = (target: Target) => locate(page, target).first();
  return {
    async screenshot(name) {
      const file = path.join(outputFolder, 'screenshots', `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    click: (target) => first(target).click(limit(target)),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    text: (target) => first(target).innerText(limit(target)),
    texts: (target) => locate(page, target).allInnerTexts(),
    waitFor: (target) => first(target).waitFor({ state: 'visible', ...limit(target) }),
    waitUntilGone: (target) => first(target).waitFor({ state: 'hidden', ...limit(target) }),
  };
}

function limit({ timeoutMs = 15_000 }: Target): { timeout: number } {
  return { timeout: timeoutMs };
}

/** A webview's own document is a frame inside the frame that VS Code makes for it. */
function locate(page: Page, { selector, inWebview }: Target): Locator {
  if (!inWebview) return page.locator(selector);
  const outer = page.frameLocator('iframe.webview.ready >> visible=true');
  return outer.frameLocator('#active-frame').locator(selector);
}

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { type Chromium, findChromium } from './chromium.ts';
import { FLAGS } from './flags.ts';
import { describeMissing } from './missing.ts';

/**
 * How the browser is started.
 *
 * @example
 * const options: BrowserOptions = { flags: ['--remote-debugging-port=9222'] };
 */
export interface BrowserOptions {
  /** Further flags of Chromium. */
  readonly flags?: readonly string[];
  /** Finds the Chromium, and may unpack it into the folder, which goes away with the browser. Default: `findChromium`. */
  readonly find?: (folder: string) => Promise<Chromium | undefined>;
}

/**
 * Starts a headless Chromium that reaches nothing but this machine. What it writes goes away when it is closed.
 *
 * @throws Error if there is no Chromium: the message says what to install.
 * @example
 * await using browser = await launchBrowser();
 * const page = await browser.newPage({ colorScheme: 'dark' });
 * await page.goto('http://127.0.0.1:8080');
 */
export async function launchBrowser({ flags = [], find = findChromium }: BrowserOptions = {}): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-browser-'));
  // For a process that ends without closing its browser.
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  const remove = async () => {
    process.off('exit', removeNow);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const chromium = await find(folder);
    if (chromium === undefined) throw new Error(describeMissing());
    const browser = await playwright.launch({
      executablePath: chromium.path,
      // Of a bare machine, which has no locale, pages would be told one that their scripts may refuse.
      env: { ...process.env, LC_ALL: 'en_US.UTF-8', TMPDIR: folder, ...chromium.env },
      args: [...FLAGS, ...flags],
    });
    const close = browser.close.bind(browser);
    browser.close = async (options) => {
      await close(options);
      await remove();
    };
    return browser;
  } catch (error) {
    await remove();
    throw error;
  }
}

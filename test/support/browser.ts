/** Debian's Chromium, driven by Playwright. Tests that need it are skipped if it is not installed. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Returns its path, or undefined with a warning. Throws with CI=true if it is not installed. */
export function findChromium(): string | undefined {
  if (existsSync(CHROMIUM)) return CHROMIUM;
  if (process.env['CI'] === 'true') throw new Error(`${CHROMIUM} is not installed, and CI=true requires it`);
  console.warn(`skipped: the tests that need a browser; ${CHROMIUM} (Debian's package chromium) is not installed`);
  return undefined;
}

/** Chromium has no sandbox as root. The other flags prevent requests of the browser itself. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

const ACTION_TIMEOUT_MS = 60_000;

export interface Visit {
  readonly locale?: 'en-US' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page, and requests that its Content Security Policy blocked. */
  readonly complaints: string[];
}

/** Opens a page in a new browser context. The context is closed when the test ends. */
export async function visitor(browser: Browser, visit: Visit = {}): Promise<Visitor> {
  const { locale = 'en-US', colorScheme = 'light', viewport = { width: 1280, height: 900 } } = visit;
  const context = await browser.newContext({ locale, colorScheme, viewport, acceptDownloads: true });
  onTestFinished(() => context.close());
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Shorter than the test's timeout, so that the error names the expected element.
  context.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  return { page, context, complaints };
}

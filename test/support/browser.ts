/** Debian's Chromium, driven by Playwright; where it is not installed the tests that need it are skipped. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Its path. Says so where it is not installed, and fails with CI=true. */
export function findChromium(): string | undefined {
  if (existsSync(CHROMIUM)) return CHROMIUM;
  if (process.env['CI'] === 'true') throw new Error(`no ${CHROMIUM}, and CI needs it`);
  console.warn(`skipped: the tests that need a browser; ${CHROMIUM} (Debian's package chromium) is not installed`);
  return undefined;
}

/** As root it has no sandbox, and on a machine without a network it must not look for one. */
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
  /** What the page did that no page should: errors, and requests to anybody but the server. */
  readonly complaints: string[];
}

/** A visitor of their own, with nothing remembered; gone when the test is done. */
export async function visitor(browser: Browser, visit: Visit = {}): Promise<Visitor> {
  const { locale = 'en-US', colorScheme = 'light', viewport = { width: 1280, height: 900 } } = visit;
  const context = await browser.newContext({ locale, colorScheme, viewport, acceptDownloads: true });
  onTestFinished(() => context.close());
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Before the test's own bound, so that what was waited for is named.
  context.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  return { page, context, complaints };
}

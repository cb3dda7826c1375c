/**
 * A mock and a browser page for its console, new for each test, in Debian's Chromium. The tests of a file share a browser,
 * and are skipped if it is not installed.
 */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import type { MockServer, MockServerOptions } from '../../../mock-server/server.js';
import { findChromium } from '../../support/chromium.js';
import { send, startMock, VERIFY_PATH } from '../../support/mock.js';

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

const ACTION_TIMEOUT_MS = 60_000;

interface Visit {
  readonly locale?: 'en-US' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page, and requests that its Content Security Policy blocked. */
  readonly complaints: string[];
}

/** Opens a page in a new browser context. The context is closed when the test ends. */
async function visitor(browser: Browser, visit: Visit = {}): Promise<Visitor> {
  const {
    locale = 'en-US',
    colorScheme = 'light',
    viewport = { width: 1280, height: 900 },
  } = visit;
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport,
    acceptDownloads: true,
  });
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

const executablePath = findChromium();
let browser: Browser | undefined;
beforeAll(async () => {
  if (executablePath !== undefined)
    browser = await chromium.launch({ executablePath, args: ARGUMENTS });
});
afterAll(() => browser?.close());

export const describeInBrowser = describe.skipIf(executablePath === undefined);

export interface Scene extends Visitor {
  readonly server: MockServer;
  /** `#/handset` */
  open(hash: string): Promise<void>;
}

export async function scene(visit: Visit = {}, options: MockServerOptions = {}): Promise<Scene> {
  if (browser === undefined) throw new Error('the browser is not started');
  const server = await startMock(options);
  const visited = await visitor(browser, visit);
  const open = async (hash: string) => {
    await visited.page.goto(`${server.controlUrl}/${hash}`);
    await visited.page.locator('main h1, main h2').first().waitFor({ state: 'attached' });
  };
  return { ...visited, server, open };
}

/** The demo app of a mock without a configuration. */
export const DEMO_APP = '300000000001';

/** Sends requests that are refused. Each is a record in the journal. */
export async function sendMany(url: string, count: number): Promise<void> {
  const CONCURRENT = 50;
  for (let sent = 0; sent < count; sent += CONCURRENT) {
    const batch = Math.min(CONCURRENT, count - sent);
    await Promise.all(
      Array.from({ length: batch }, () => send(url, 'POST', VERIFY_PATH, '{"half":')),
    );
  }
}

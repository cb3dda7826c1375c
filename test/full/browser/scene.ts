/** A mock and a browser page for its console, new for each test. The tests of a file share a browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import type { MockServer, MockServerOptions } from '../../../mock-server/server.js';
import { findChromium, startBrowser, type Visit, type Visitor, visitor } from '../../support/browser.js';
import { send, startMock, VERIFY_PATH } from '../../support/mock.js';

const chromium = findChromium();
let browser: Browser | undefined;
beforeAll(async () => {
  if (chromium !== undefined) browser = await startBrowser(chromium);
});
afterAll(() => browser?.close());

export const describeInBrowser = describe.skipIf(chromium === undefined);

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
    await Promise.all(Array.from({ length: batch }, () => send(url, 'POST', VERIFY_PATH, '{"half":')));
  }
}

/** A mock and a browser page for its console, new for each test. */
import type { Browser } from 'playwright-core';
import type { MockServer, MockServerOptions } from '../../../mock-server/server.js';
import { type Visit, type Visitor, visitor } from '../../support/browser.js';
import { send, startMock, VERIFY_PATH } from '../../support/mock.js';

export interface Scene extends Visitor {
  readonly server: MockServer;
  /** `#/handset` */
  open(hash: string): Promise<void>;
}

export async function scene(browser: Browser, visit: Visit = {}, options: MockServerOptions = {}): Promise<Scene> {
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

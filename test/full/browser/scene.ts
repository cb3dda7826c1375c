/** A mock and a visitor of its console, each of a test's own. */
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

/** The demo app that a mock has without a configuration. */
export const DEMO_APP = '300000000001';

/** Refused ones, each a line in the journal. */
export async function sendMany(url: string, count: number): Promise<void> {
  const AT_ONCE = 50;
  for (let sent = 0; sent < count; sent += AT_ONCE) {
    const some = Math.min(AT_ONCE, count - sent);
    await Promise.all(Array.from({ length: some }, () => send(url, 'POST', VERIFY_PATH, '{"half":')));
  }
}

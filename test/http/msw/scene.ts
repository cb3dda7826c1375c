/** One carrier at its real addresses, the two operations called by fetch and by node:http, and what they leave behind. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { type CarrierHandlersOptions, createCarrierHandlers, type InProcessCarrier } from '../../../mock-server/msw.js';
import type { MockApp } from '../../../src/control/index.js';
import type { Endpoint } from '../../support/endpoints.js';
import { network } from './network.js';

export const HOST = 'https://www.cmpassport.com';

/** A carrier that the file's network leads to; of several, the last one made is asked first. */
export function carrierOnNetwork(options: CarrierHandlersOptions = {}): InProcessCarrier {
  const carrier = createCarrierHandlers(options);
  network.use(...carrier.handlers);
  return carrier;
}

export interface Asked {
  readonly outcome?: string;
  readonly signal?: AbortSignal;
  readonly token?: string;
  readonly base?: string;
}

async function messageFor(carrier: MockApp, endpoint: Endpoint, { outcome, token }: Asked) {
  const sent = token ?? (await carrier.mint({ capability: endpoint.operation })).token;
  const headers = { 'content-type': 'application/json', ...(outcome !== undefined && { 'x-mock-outcome': outcome }) };
  const { appId, appKey, appSecret, platformPublicKey } = carrier;
  const body = endpoint.request({ appId, appKey, appSecret, platformPublicKey }, sent);
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

/** By fetch, with a fresh token unless one is given. */
export async function ask(carrier: MockApp, endpoint: Endpoint, asked: Asked = {}): Promise<Response> {
  const { base = HOST, signal } = asked;
  const message = await messageFor(carrier, endpoint, asked);
  return fetch(base + endpoint.path, { ...message, ...(signal && { signal }) });
}

export interface Received {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly text: string;
  /** Whether the whole length came. */
  readonly complete: boolean;
}

/** By node:https. */
export async function askByNode(carrier: MockApp, endpoint: Endpoint, asked: Asked = {}): Promise<Received> {
  const { body, ...message } = await messageFor(carrier, endpoint, asked);
  return new Promise((resolve, reject) => {
    const options = { ...message, ...(asked.signal && { signal: asked.signal }) };
    const sent = request(HOST + endpoint.path, options, (res) => void received(res).then(resolve));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function received(res: IncomingMessage): Promise<Received> {
  const { statusCode: status = 0, rawHeaders } = res;
  let text = '';
  try {
    for await (const chunk of res) text += String(chunk);
  } catch {
    // What was cut off says so by not being complete.
  }
  return { status, rawHeaders, text, complete: res.complete };
}

const TURNS_MAX = 10_000;

/** How many timers keep the process running. */
export function timersRunning(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

/** Waits until there are no more timers than before. By turns of the loop: within a timer Node counts that one or not. */
export async function timersEnd(before: number): Promise<void> {
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (timersRunning() <= before) return;
  }
  throw new Error(`timers still run: ${timersRunning()}, and before there were ${before}`);
}

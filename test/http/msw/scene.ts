/** A carrier at its real addresses, calls of both operations with fetch and node:http, and the timers that remain. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import {
  type CarrierHandlersOptions,
  createCarrierHandlers,
  type InProcessCarrier,
} from '../../../mock-server/msw.js';
import type { MockApp } from '../../../src/control/index.js';
import type { Endpoint } from '../../support/endpoints.js';
import { network } from './network.js';

export const HOST = 'https://www.cmpassport.com';

/** A carrier in the file's network. The carrier that was created last gets requests first. */
export function carrierOnNetwork(options: CarrierHandlersOptions = {}): InProcessCarrier {
  const carrier = createCarrierHandlers(options);
  network.use(...carrier.handlers);
  return carrier;
}

export interface CallOptions {
  readonly outcome?: string;
  readonly signal?: AbortSignal;
  readonly token?: string;
  readonly base?: string;
}

async function messageFor(carrier: MockApp, endpoint: Endpoint, { outcome, token }: CallOptions) {
  const sent = token ?? (await carrier.mint({ capability: endpoint.operation })).token;
  const headers = {
    'content-type': 'application/json',
    ...(outcome !== undefined && { 'x-mock-outcome': outcome }),
  };
  const { appId, appKey, appSecret, platformPublicKey } = carrier;
  const body = endpoint.request({ appId, appKey, appSecret, platformPublicKey }, sent);
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

/** Sends a request with fetch, by default with a new token. */
export async function call(
  carrier: MockApp,
  endpoint: Endpoint,
  options: CallOptions = {},
): Promise<Response> {
  const { base = HOST, signal } = options;
  const message = await messageFor(carrier, endpoint, options);
  return fetch(base + endpoint.path, { ...message, ...(signal && { signal }) });
}

export interface Received {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly text: string;
  /** Whether the full length arrived. */
  readonly complete: boolean;
}

/** Sends a request with node:https. */
export async function callWithNode(
  carrier: MockApp,
  endpoint: Endpoint,
  options: CallOptions = {},
): Promise<Received> {
  const { body, ...message } = await messageFor(carrier, endpoint, options);
  return new Promise((resolve, reject) => {
    const requestOptions = { ...message, ...(options.signal && { signal: options.signal }) };
    const sent = request(
      HOST + endpoint.path,
      requestOptions,
      (res) => void received(res).then(resolve),
    );
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
    // `complete` is false if the response was cut off.
  }
  return { status, rawHeaders, text, complete: res.complete };
}

const TURNS_MAX = 10_000;

/** The number of timers that keep the process running. */
export function timersRunning(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

/** Waits until there are no more timers than before. It polls with setImmediate, because a polling timer could count itself. */
export async function timersEnd(before: number): Promise<void> {
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (timersRunning() <= before) return;
  }
  throw new Error(`${timersRunning()} timers run, expected at most ${before}`);
}

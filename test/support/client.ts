/** Clients of the carrier whose fetch is the test's, and the responses that it returns. */
import {
  type CmpassportClient,
  type CmpassportClientConfig,
  createCmpassportClient,
  type Fetch,
} from '../../src/index.js';

export const OWN = '13800138000';
export const OTHER = '13800138001';
export const MSG_ID = 'bed1dc7f6cd645b9be9006ae08040c93';
export const TOKEN = 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ';
export const SENT_AT_MS = Date.UTC(2026, 10, 25, 1, 36, 19, 762);
export const APP = {
  appId: '300011223344',
  appKey: '7F3A9C51D0E84B26A1C7E5F09B3D6A42',
  appSecret: 'B61D2E94A7C84F03925E6D1AF08C3B7E',
} as const;

export type Changes = Partial<CmpassportClientConfig>;

/** A client with the test's fetch, and credentials that no mock checks. */
export function clientOf(fetch: Fetch, changes: Changes = {}): CmpassportClient {
  return createCmpassportClient({
    ...APP,
    newMsgId: () => MSG_ID,
    fetch,
    ...changes,
  } as CmpassportClientConfig);
}

/** A fetch that always responds with the text, and records its calls. */
export function answering(text = loginText()) {
  const calls: { readonly url: string; readonly body: string; readonly signal: AbortSignal }[] = [];
  const fetch: Fetch = async (url, { body, signal }) => {
    calls.push({ url, body, signal });
    return new Response(text);
  };
  return { fetch, calls };
}

/** A response to login with the given fields changed. */
export function loginText(fields: object = {}): string {
  return JSON.stringify({
    inresponseto: MSG_ID,
    resultCode: '103000',
    msisdn: OWN,
    systemtime: '20261125093619999',
    taskId: '188b0744159f413e9bfe7ecc5d5bcc71',
    ...fields,
  });
}

/** A response to verify with the given fields changed. */
export function verifyText({
  header = {},
  body = {},
}: {
  readonly header?: object;
  readonly body?: object;
} = {}): string {
  return JSON.stringify({
    body: {
      message: '',
      resultDesc: '是本机号码',
      taskId: 'b62585d15ee34869bd3c7e6ad62688e2',
      ...body,
    },
    header: {
      appId: '3000*****40',
      msgId: MSG_ID,
      resultCode: '000',
      timestamp: '20180104090957277',
      ...header,
    },
  });
}

export function received(
  text: string,
  { status = 200, headers = {} }: { status?: number; headers?: object } = {},
) {
  return { status, headers: headers as Record<string, string>, text };
}

/** The error that a promise rejects with. */
export async function rejection<T extends Error>(
  promise: Promise<unknown>,
  type: abstract new (...args: never) => T,
): Promise<T> {
  const outcome = await promise.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (outcome instanceof type) return outcome;
  throw new Error(`expected a rejection with ${type.name}, found ${String(outcome)}`);
}

/** The error that a function throws. */
export function thrown<T extends Error>(
  run: () => unknown,
  type: abstract new (...args: never) => T,
): T {
  try {
    run();
  } catch (error) {
    if (error instanceof type) return error;
    throw error;
  }
  throw new Error(`expected an error of class ${type.name}`);
}

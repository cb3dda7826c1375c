/** Calls with forced outcomes and their effects, on a carrier whose clock stands still. */
import { type Bench, createApp, mint } from '../../support/control.js';
import type { Endpoint } from '../../support/endpoints.js';
import type { TestApp } from '../../support/mock.js';

export interface Called {
  readonly status: number;
  readonly resultCode: string | undefined;
  readonly requestId: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields that differ by operation
  readonly json: any;
}

export interface Call {
  readonly endpoint: Endpoint;
  readonly app: TestApp;
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** The default is the endpoint's own request. */
  readonly body?: unknown;
}

export async function call(
  { api }: Bench,
  { endpoint, app, token, headers = {}, path, body }: Call,
): Promise<Called> {
  const sent = body ?? endpoint.request(app, token);
  const response = await api
    .post(path ?? endpoint.path)
    .set({ 'content-type': 'application/json', ...headers })
    .send(typeof sent === 'string' ? sent : JSON.stringify(sent));
  const json = response.body;
  return {
    status: response.status,
    resultCode: json.resultCode ?? json.header?.resultCode,
    requestId: response.headers['x-mock-request-id'] ?? '',
    json,
  };
}

/** An app and its calls of one endpoint, each with a fresh token by default. */
export async function callerAt(bench: Bench, endpoint: Endpoint, settings: object = {}) {
  const app = await createApp(bench, settings);
  const fresh = () => mint(bench, app, { capability: endpoint.operation });
  return {
    app,
    fresh,
    call: async (changes: Partial<Call> = {}) =>
      call(bench, { endpoint, app, token: changes.token ?? (await fresh()), ...changes }),
    script: (script: string) => setScript(bench, { app, endpoint, script }),
    remaining: () => remainingOf(bench, { app, endpoint }),
    effects: (token: string) => effectsOf(bench, app, token),
  };
}

export interface ScriptAt {
  readonly app: TestApp;
  readonly endpoint: Endpoint;
}

export async function setScript(
  bench: Bench,
  { app, endpoint, script }: ScriptAt & { readonly script: string },
) {
  const { body } = await bench.api
    .put(outcomesPath({ app, endpoint }))
    .send({ script })
    .expect(200);
  return body;
}

export async function remainingOf({ api }: Bench, at: ScriptAt): Promise<string> {
  return (await api.get(outcomesPath(at)).expect(200)).body.remaining;
}

export function outcomesPath({ app, endpoint }: ScriptAt): string {
  return `/_mock/apps/${app.appId}/outcomes/${endpoint.operation}`;
}

/** The effects of calls on the token and on the account. */
export async function effectsOf({ api }: Bench, { appId }: TestApp, token: string) {
  const { body: ledger } = await api.get(`/_mock/apps/${appId}/ledger`).expect(200);
  const { body: record } = await api.get(`/_mock/apps/${appId}/tokens/${token}`).expect(200);
  return {
    charged: ledger.charged,
    remaining: ledger.remaining,
    records: ledger.records.length,
    token: record.status,
  };
}

export const UNTOUCHED = { charged: 0, remaining: 1000, records: 0, token: 'live' } as const;
export const CHARGED_ONCE = { charged: 1, remaining: 999, records: 1, token: 'used' } as const;

export async function recordOf({ api }: Bench, requestId: string) {
  return (await api.get(`/_mock/requests/${requestId}`).expect(200)).body;
}

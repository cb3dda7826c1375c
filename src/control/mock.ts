/** A running mock, as a test uses it. */
import type {
  App,
  BeyondCode,
  Explanation,
  IpWhitelistCheck,
  JournalRecord,
  KeyPair,
  NewApp,
  OperationRow,
  ReadingRow,
  ResultCodeRow,
  Subscriber,
} from './api.js';
import { createMockApp } from './create-mock-app.js';
import { openEvents, type RequestStream } from './events.js';
import { explainRequest } from './explain-request.js';
import type { MockApp, RequestFilter } from './mock-app.js';
import { listRequests } from './request-list.js';
import {
  type Connection,
  createTransport,
  type Language,
  type MockConnection,
  type Transport,
} from './transport.js';

/** A running mock. Every call rejects with a ControlError if the mock refuses it or does not respond. */
export interface Mock {
  /** The address that the code under test uses instead of the carrier's: `http://127.0.0.1:10086`, without a final slash. */
  readonly url: string;
  /** Resolves if the mock can answer requests. Rejects if it cannot, or if no server listens. */
  health(): Promise<void>;
  /** Creates an app. Omitted settings are generated. Rejects with a 409 if the appId exists. */
  createApp(settings?: NewApp): Promise<MockApp>;
  /**
   * An existing app, for example from the configuration. Its dispose does not remove it. `controlToken` is the app's own
   * token. Rejects with a 404 if the app is unknown, and with a 401 if the token is missing or wrong.
   */
  app(appId: string, options?: { readonly controlToken?: string | undefined }): Promise<MockApp>;
  /** All apps. */
  apps(): Promise<readonly App[]>;
  /**
   * The requests in the journal, newest first: those of all apps, and those without an app. Rejects with
   * ERR_CONTROL_INCOMPLETE if requests were removed meanwhile, so that older ones may be missing.
   */
  requests(filter?: RequestFilter): Promise<readonly JournalRecord[]>;
  /** Explains the result of a request. */
  explain(requestId: string, language?: Language): Promise<Explanation>;
  /** A stream of all new requests. It is connected when the promise resolves. */
  events(): Promise<RequestStream>;
  /** Deletes all requests, or those that `requests` lists with the filter. */
  forget(filter?: Omit<RequestFilter, 'limit'>): Promise<void>;
  /** Every result code, its cause, and a curl command for each way to get it. */
  resultCodes(): Promise<readonly ResultCodeRow[]>;
  /** The codes of public lists that the document does not have, with a curl command for each operation. */
  beyondCodes(): Promise<readonly BeyondCode[]>;
  /** The carrier's operations: their fields, responses and rules. */
  operations(): Promise<readonly OperationRow[]>;
  /** Every reading: the sentence that leaves the question open, and the meaning of each option. */
  readings(): Promise<readonly ReadingRow[]>;
  /** The carrier's numbers. `mint` without a number uses the first. */
  subscribers(): Promise<readonly Subscriber[]>;
  /** Generates an RSA key pair in the format of the portal. Default: 1024 bits. The mock does not store it. */
  keyPair(options?: { readonly bits?: 1024 | 2048 }): Promise<KeyPair>;
  /** Checks a 服务器IP白名单: its entries, its mistakes, and whether it admits an address. */
  checkIpWhitelist(list: {
    readonly ipWhitelist: string;
    readonly clientIp?: string;
  }): Promise<IpWhitelistCheck>;
  /** The local CA's certificate (PEM). Rejects with a 404 if the server has no local CA. */
  caPem(): Promise<string>;
  /** Resets all apps to their configured state. Apps from `createApp` are removed. */
  reset(): Promise<void>;
}

/**
 * Connects to the control API of a running mock. It sends nothing until a method is called.
 *
 * @example
 * import { connectMock } from 'cmpassport-mock/control';
 *
 * const mock = connectMock({ url: 'http://127.0.0.1:10086' });
 * await using app = await mock.createApp({ capabilities: ['loginTokenValidate'] });
 * const { token } = await app.mint({ phoneNumber: '13800138000' });
 */
export function connectMock(connection: MockConnection): Mock {
  return mockOver(connection);
}

/** Also over a connection in the mock's own process. */
export function mockOver(connection: Connection): Mock {
  const transport = createTransport(connection);
  const { call } = transport;
  return {
    url: transport.url,
    health: async () => void (await call('GET /health')),
    ...appCalls(connection, transport),
    apps: async () => (await call('GET /apps')).apps,
    requests: (filter = {}) => listRequests(transport, filter),
    explain: (requestId, language) => explainRequest(transport, { requestId, language }),
    events: () => openEvents(transport),
    forget: (query = {}) => call('DELETE /requests', { query }),
    resultCodes: async () => (await call('GET /result-codes')).codes,
    beyondCodes: async () => (await call('GET /result-codes')).beyond,
    operations: async () => (await call('GET /operations')).operations,
    readings: async () => (await call('GET /readings')).readings,
    subscribers: async () => (await call('GET /subscribers')).subscribers,
    keyPair: (body = {}) => call('POST /key-pairs', { body }),
    checkIpWhitelist: (body) => call('POST /ip-whitelist/check', { body }),
    caPem: () => transport.text('GET /ca.pem'),
    reset: () => call('POST /reset'),
  };
}

/** Each app has its own transport, because it may have its own token. All use the fetch of this moment. */
function appCalls(connection: Connection, transport: Transport) {
  const { fetch = globalThis.fetch } = connection;
  const transportWith = (appToken: string | undefined) => {
    const own = createTransport({ ...connection, fetch });
    own.setAppToken(appToken);
    return own;
  };
  return {
    createApp: async (body = {}) => {
      const app = await transport.call('POST /apps', { body });
      const controlToken = app.controlToken ?? body.controlToken ?? undefined;
      const known = { ...app, controlToken };
      return createMockApp(transportWith(controlToken), known, { removable: true });
    },
    app: async (appId, { controlToken } = {}) => {
      const own = transportWith(controlToken);
      const app = await own.call('GET /apps/:appId', { appId });
      return createMockApp(own, { ...app, controlToken }, { removable: false });
    },
  } satisfies Partial<Mock>;
}

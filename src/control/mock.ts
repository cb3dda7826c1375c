/** The mock in a test's hands. */
import type {
  App,
  Apps,
  BeyondCode,
  CreatedApp,
  Explanation,
  IpWhitelistCheck,
  JournalRecord,
  KeyPair,
  NewApp,
  Operation,
  OperationRow,
  OperationRows,
  ReadingRow,
  ReadingRows,
  ResultCode,
  ResultCodeRow,
  ResultCodes,
  Signing,
  Snippets,
  Subscriber,
  Subscribers,
  Way,
} from './api.js';
import { createMockApp, explainRequest, listRequests } from './create-mock-app.js';
import { openEvents, type RequestStream } from './events.js';
import type { MockApp, RequestFilter } from './mock-app.js';
import { createTransport, type Language, type MockConnection, pathOf } from './transport.js';

/** A running mock. Every call rejects with a ControlError where the mock refuses it or does not answer. */
export interface Mock {
  /** `http://127.0.0.1:10086`, without a slash at its end: what the code under test calls in the carrier's place. */
  readonly url: string;
  /** Resolves once the carrier can answer; rejects where it cannot, or nothing listens. */
  health(): Promise<void>;
  /** Makes an app; what is left out is drawn. Rejects with a 409 where the appId is taken. */
  createApp(settings?: NewApp): Promise<MockApp>;
  /**
   * An app that is there already, of the configuration say; its dispose leaves it. Rejects with a 404 where it is
   * unknown, and with a 401 where it asks for another control token than its own that is given here.
   */
  app(appId: string, options?: { readonly controlToken?: string | undefined }): Promise<MockApp>;
  /** All apps. */
  apps(): Promise<readonly App[]>;
  /** The requests of all apps, and of none, newest first, as far as the journal still has them. */
  requests(filter?: RequestFilter): Promise<readonly JournalRecord[]>;
  /** Why a request was answered as it was. */
  explain(requestId: string, language?: Language): Promise<Explanation>;
  /** All requests from now on; it listens when the promise resolves. */
  events(): Promise<RequestStream>;
  /** Forgets all requests. */
  forget(): Promise<void>;
  /** Every result code, its cause, and a curl for each way to it. */
  resultCodes(): Promise<readonly ResultCodeRow[]>;
  /** Codes outside the document that public lists have, with a curl for each operation. */
  beyondCodes(): Promise<readonly BeyondCode[]>;
  /** Programs that get a result code; rejects with a 404 where this mock cannot answer it that way. */
  snippets(wish: SnippetWish): Promise<Snippets>;
  /** The carrier's two calls: their fields, answers and rules. */
  operations(): Promise<readonly OperationRow[]>;
  /** Every reading: the sentence that leaves it open, and what each option means. */
  readings(): Promise<readonly ReadingRow[]>;
  /** The numbers that the carrier knows, the first of them that of a token without a number. */
  subscribers(): Promise<readonly Subscriber[]>;
  /** A new RSA key pair in the format of the portal, of 1024 bits unless said. The mock does not keep it. */
  keyPair(options?: { readonly bits?: 1024 | 2048 }): Promise<KeyPair>;
  /** What a 服务器IP白名单 admits, what is wrong with it, and whether an address is on it. */
  checkIpWhitelist(list: { readonly ipWhitelist: string; readonly clientIp?: string }): Promise<IpWhitelistCheck>;
  /** The local CA's certificate (PEM); rejects with a 404 where there is none. */
  caPem(): Promise<string>;
  /** All apps back to their configured state; those made by `createApp` are removed. */
  reset(): Promise<void>;
}

/** Which programs are wanted. */
export interface SnippetWish {
  readonly operation: Operation;
  readonly code: ResultCode;
  /** `genuine` unless said. */
  readonly way?: Way | undefined;
  /** `md5` at login and `hmac` at verify, unless said. */
  readonly signing?: Signing | undefined;
}

/**
 * The control API of a mock that is started. Nothing is sent until something is called.
 *
 * @example
 * import { connectMock } from 'cmpassport-mock/control';
 *
 * const mock = connectMock({ url: 'http://127.0.0.1:10086' });
 * await using app = await mock.createApp({ capabilities: ['loginTokenValidate'] });
 * const { token } = await app.mint({ phoneNumber: '13800138000' });
 */
export function connectMock(connection: MockConnection): Mock {
  const fetchOfNow = globalThis.fetch;
  const transport = createTransport(connection);
  const get = <T>(path: string) => transport.call<T>({ method: 'GET', path });
  // Each app has a transport, for it may have a token of its own. The fetch is that of now for all of them.
  const transportWith = (controlToken: string | null | undefined) => {
    const own = createTransport({ ...connection, fetch: connection.fetch ?? fetchOfNow });
    own.show(controlToken ?? undefined);
    return own;
  };
  return {
    url: transport.url,
    health: async () => void (await get('/health')),
    createApp: async (settings = {}) => {
      const app = await transport.call<CreatedApp>({ method: 'POST', path: '/apps', body: settings });
      const controlToken = app.controlToken ?? settings.controlToken ?? undefined;
      return createMockApp(transportWith(controlToken), { ...app, controlToken }, { removable: true });
    },
    app: async (appId, { controlToken } = {}) => {
      const own = transportWith(controlToken);
      const app = await own.call<App>({ method: 'GET', path: pathOf('apps', appId) });
      return createMockApp(own, { ...app, controlToken }, { removable: false });
    },
    apps: async () => (await get<Apps>('/apps')).apps,
    requests: (filter = {}) => listRequests(transport, filter),
    explain: (requestId, language) => explainRequest(transport, { requestId, language }),
    events: () => openEvents(transport),
    forget: () => transport.call({ method: 'DELETE', path: '/requests' }),
    resultCodes: async () => (await get<ResultCodes>('/result-codes')).codes,
    beyondCodes: async () => (await get<ResultCodes>('/result-codes')).beyond,
    snippets: ({ operation, code, way, signing }) =>
      transport.call({
        method: 'GET',
        path: `${pathOf('result-codes', operation, code)}/snippets`,
        query: { way, signing },
      }),
    operations: async () => (await get<OperationRows>('/operations')).operations,
    readings: async () => (await get<ReadingRows>('/readings')).readings,
    subscribers: async () => (await get<Subscribers>('/subscribers')).subscribers,
    keyPair: (body = {}) => transport.call<KeyPair>({ method: 'POST', path: '/key-pairs', body }),
    checkIpWhitelist: (body) => transport.call<IpWhitelistCheck>({ method: 'POST', path: '/ip-whitelist/check', body }),
    caPem: () => transport.text({ method: 'GET', path: '/ca.pem' }),
    reset: () => transport.call({ method: 'POST', path: '/reset' }),
  };
}

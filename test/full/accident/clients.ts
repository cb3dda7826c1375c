/** HTTP clients, as applications configure them, and where their requests arrive in the environment of `exec --proxy`. */

/** What happens to a request through the proxy, and to one that bypasses it. */
export type ClientRow = readonly [
  client: string,
  proxied: 'mock' | 'real',
  direct?: 'refused' | 'real',
];

/** By language or program. */
export const CLIENTS = {
  Java: [
    ['HttpURLConnection', 'mock', 'refused'],
    ['HttpURLConnection, all certificates', 'mock', 'real'],
    ['HttpClient', 'mock', 'refused'],
    ['OkHttp', 'mock', 'refused'],
    ['RestTemplate', 'mock', 'refused'],
    ['Apache 4 new DefaultHttpClient()', 'real', 'refused'],
    ['Apache 4 createDefault()', 'real', 'refused'],
    ['Apache 4 createSystem()', 'mock', 'refused'],
    ['Apache 4, all certificates', 'real', 'real'],
    ['Apache 5 createDefault()', 'real', 'refused'],
    ['Apache 5 createSystem()', 'mock', 'refused'],
  ],
  Go: [
    ['http.Client', 'mock', 'real'],
    ['own Transport', 'real', 'real'],
    ['own Transport with ProxyFromEnvironment', 'mock', 'real'],
    ['own Transport, InsecureSkipVerify', 'real', 'real'],
  ],
  PHP: [
    ['streams', 'real', 'refused'],
    ['streams, verify_peer=false', 'real', 'real'],
    ['curl', 'mock'],
    ['curl, CURLOPT_PROXY=""', 'real'],
    ['curl, CURLOPT_SSL_VERIFYPEER=false', 'mock', 'real'],
  ],
  'PHP with through_proxy.php': [
    ['streams', 'mock'],
    ['streams, verify_peer=false', 'mock'],
  ],
  Python: [
    ['urllib', 'mock', 'real'],
    ['requests', 'mock', 'refused'],
    ['requests, trust_env=False', 'real'],
    // The variable has precedence over the session's `verify`.
    ['requests, verify=False', 'mock', 'refused'],
    ['aiohttp', 'real', 'real'],
    ['aiohttp, trust_env=True', 'mock', 'real'],
  ],
  Ruby: [
    ['Net::HTTP', 'mock', 'real'],
    ['Net::HTTP, p_addr=nil', 'real', 'real'],
    ['Net::HTTP, VERIFY_NONE', 'mock', 'real'],
    ['open-uri', 'mock', 'real'],
  ],
  Mono: [
    ['WebClient, all certificates', 'mock', 'real'],
    ['HttpWebRequest, all certificates', 'mock', 'real'],
  ],
  'Mono after `cert-sync --user "$CMPASSPORT_CA_FILE"`': [['HttpWebRequest', 'mock', 'refused']],
  'Node 20': [
    ['fetch', 'real'],
    ['node:https', 'real'],
  ],
  'Node with through-proxy.mjs': [['fetch', 'mock']],
} as const satisfies Readonly<Record<string, readonly ClientRow[]>>;

/** What answers in the test's own process: what each does for a request, and the two ways to ask it. */

/** `direct` is the shortest way that the tool offers past fetch. Set up in in-process-worker.mjs, by `tool`. */
export const IN_PROCESS = [
  ...['cmpassport-mock/msw', 'cmpassport-mock/msw again'].map((name) => ({
    name,
    tool: 'cmpassport-mock/msw',
    package: 'cmpassport-mock',
    direct: 'getResponse() of msw',
    does: 'checks fields, IP address, sign and token, uses it up, keeps journal and ledger',
  })),
  {
    name: 'cmpassport-mock/msw, carrier.fetch',
    tool: 'carrier.fetch',
    package: 'cmpassport-mock',
    direct: 'carrier.fetch',
    does: 'the same, without msw',
  },
  {
    name: 'msw',
    tool: 'msw',
    package: 'msw',
    direct: 'getResponse() of msw',
    does: 'canned answer; no signature, no state',
  },
  {
    name: 'nock',
    tool: 'nock',
    package: 'nock',
    direct: 'request() of node:https',
    does: 'canned answer; no signature, no state',
  },
  {
    name: 'undici MockAgent',
    tool: 'undici',
    package: 'undici',
    direct: 'request() of undici',
    does: 'canned answer; no signature, no state',
  },
].map((row) => ({ programs: [], ...row }));

export const WAYS = ['fetch', 'direct'];

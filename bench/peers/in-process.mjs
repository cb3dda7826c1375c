/** The tools that run in the test's own process, what each does for a request, and the two ways to call it. */

/** `direct` is the tool's most direct call without fetch. in-process-worker.mjs sets up each `tool`. */
export const IN_PROCESS = [
  ...['cmpassport-mock/msw', 'cmpassport-mock/msw again'].map((name) => ({
    name,
    tool: 'cmpassport-mock/msw',
    package: 'cmpassport-mock',
    direct: 'getResponse() of msw',
    does: 'checks fields, IP address, signature and token, consumes it, keeps journal and ledger',
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
    does: 'canned response; no signature, no state',
  },
  {
    name: 'nock',
    tool: 'nock',
    package: 'nock',
    direct: 'request() of node:https',
    does: 'canned response; no signature, no state',
  },
  {
    name: 'undici MockAgent',
    tool: 'undici',
    package: 'undici',
    direct: 'request() of undici',
    does: 'canned response; no signature, no state',
  },
].map((row) => ({ programs: [], ...row }));

export const WAYS = ['fetch', 'direct'];

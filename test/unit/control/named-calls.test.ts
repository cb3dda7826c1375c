/** The client names a call by its method and path. A line after @ts-expect-error must not compile. */
import { expect, test } from 'vitest';
import { createTransport, type SentCall, type Transport } from '../../../src/control/transport.js';

interface Sent extends Pick<SentCall, 'method'> {
  readonly url: string;
  /** Empty without one. */
  readonly body: string;
}

/** A transport whose calls all return `{}`, and what it sent. */
function recordingTransport() {
  const sent: Sent[] = [];
  const transport = createTransport({
    url: 'http://127.0.0.1:1',
    send: async ({ url }, { method, body = '' }) => {
      sent.push({ url, method, body });
      return new Response('{}');
    },
  });
  return { transport, sent };
}

test.each([
  {
    description: 'a parameter with any character is one part of the path',
    send: ({ own }: Transport) => own('a/b?')('GET /tokens/:token', { token: '#%' }),
    method: 'GET',
    url: '/apps/a%2Fb%3F/tokens/%23%25',
  },
  {
    description: 'a query has only the values that are defined',
    send: ({ call }: Transport) => call('GET /requests', { query: { limit: 1, kind: undefined } }),
    method: 'GET',
    url: '/requests?limit=1',
  },
  {
    description: 'a body is JSON',
    send: ({ own }: Transport) => own('a')('POST /clock/advance', { body: { by: '2m' } }),
    method: 'POST',
    url: '/apps/a/clock/advance',
    body: '{"by":"2m"}',
  },
  {
    description: 'a call of the app itself has only a method',
    send: ({ own }: Transport) => own('a')('DELETE'),
    method: 'DELETE',
    url: '/apps/a',
  },
])('$description', async ({ send, method, url, body = '' }) => {
  const { transport, sent } = recordingTransport();
  await send(transport);
  expect(sent).toEqual([{ method, url: `http://127.0.0.1:1/_mock${url}`, body }]);
});

test('`..` cannot be part of a path, and nothing is sent', async () => {
  const { transport, sent } = recordingTransport();
  await expect(transport.own('..')('GET')).rejects.toThrow('".." cannot be part of a path');
  expect(sent).toEqual([]);
});

// For the compiler alone.
void wrongCalls;

async function wrongCalls({ call, own }: Transport): Promise<unknown[]> {
  return [
    // @ts-expect-error no call has this path
    call('GET /app'),
    // @ts-expect-error no call has this method
    call('PUT /apps'),
    // @ts-expect-error the path names an app
    call('GET /apps/:appId'),
    // @ts-expect-error the body has `by`
    own('a')('POST /clock/advance', { body: { to: '2m' } }),
    // @ts-expect-error the body is required
    own('a')('POST /clock/advance'),
    // @ts-expect-error the document has no such language
    call('GET /requests/:id/explanation', { id: 'a', query: { lang: 'de' } }),
    // @ts-expect-error the call has no query
    own('a')('GET /clock', { query: { limit: 1 } }),
    // @ts-expect-error the answer has no `after`
    (await own('a')('GET /clock')).after,
  ];
}

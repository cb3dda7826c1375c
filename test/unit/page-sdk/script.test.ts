/** The script for pages, in a window without a browser: when it calls which function of the page. */
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { PAGE_SCRIPT } from '../../../mock-server/http/page-sdk/script.js';

const TOKEN = { code: '103000', message: 'success', msgId: 'id', token: 'T', userInformation: 'U' };
const WITHOUT_TOKEN = { code: '103000', message: 'success', msgId: 'id' };

interface Page {
  readonly calls: (readonly [string, unknown])[];
  readonly sent: { readonly url: string; readonly body: unknown }[];
  readonly sdk: Readonly<Record<string, (options?: object) => { netType: string }>>;
}

function pageWith(chosen: object, answer: object | Error = TOKEN): Page {
  const sent: { url: string; body: unknown }[] = [];
  const window: Record<string, unknown> = { cmpassportMock: chosen };
  runInNewContext(PAGE_SCRIPT, {
    window,
    URL,
    console: { error: () => undefined },
    document: {
      currentScript: { src: 'http://127.0.0.1:10086/h5/js/jssdk_auth/jssdk-1.0.0.min.js' },
    },
    fetch: async (url: URL, { body }: { body: string }) => {
      sent.push({ url: url.href, body: JSON.parse(body) });
      if (answer instanceof Error) throw answer;
      return { json: async () => ({ ...answer }) };
    },
  });
  return { calls: [], sent, sdk: window['YDRZAuthLogin'] as Page['sdk'] };
}

function optionsOf({ calls }: Page, authPageType: string) {
  const called = (name: string) => (value?: unknown) => void calls.push([name, value]);
  return {
    data: { appId: 'shop', traceId: 'id', authPageType },
    success: called('success'),
    error: called('error'),
    layerCallback: called('layerCallback'),
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test.each([
  { authPageType: '0', calls: [['success', TOKEN]] },
  {
    authPageType: '1',
    calls: [
      ['success', WITHOUT_TOKEN],
      ['success', TOKEN],
    ],
  },
  { authPageType: '2', calls: [['layerCallback', undefined]] },
  { authPageType: '3', calls: [['layerCallback', undefined]] },
])('getTokenInfo with authPageType $authPageType', async ({ authPageType, calls }) => {
  const page = pageWith({});
  page.sdk['getTokenInfo']?.(optionsOf(page, authPageType));
  await settled();
  expect(page.calls).toEqual(calls);
});

test('authGetToken continues after the consent on the page', async () => {
  const page = pageWith({ phoneNumber: '13900139000' });
  page.sdk['getTokenInfo']?.(optionsOf(page, '2'));
  page.sdk['authGetToken']?.({});
  await settled();
  expect(page.calls.at(-1)).toEqual(['success', TOKEN]);
  expect(page.sent).toEqual([
    {
      url: 'http://127.0.0.1:10086/h5/js/jssdk_auth/cmpassport-mock-token',
      body: { appId: 'shop', traceId: 'id', phoneNumber: '13900139000' },
    },
  ]);
});

test('a chosen failure is reported without a request', async () => {
  const page = pageWith({ failure: { code: '501', message: '用户取消授权' } });
  page.sdk['getTokenInfo']?.(optionsOf(page, '1'));
  await settled();
  expect(page.calls).toEqual([['error', { code: '501', message: '用户取消授权', msgId: 'id' }]]);
  expect(page.sent).toEqual([]);
});

test.each([
  { answer: { code: '103101', message: '签名错误', detail: 'why' }, code: '103101' },
  { answer: new Error('network down'), code: '500' },
])('$code is reported to error', async ({ answer, code }) => {
  const page = pageWith({}, answer);
  page.sdk['getTokenInfo']?.(optionsOf(page, '0'));
  await settled();
  expect(page.calls).toMatchObject([['error', { code }]]);
});

test('the network is the mobile one, unless the test chooses another', () => {
  expect(pageWith({}).sdk['getConnection']?.().netType).toBe('cellular');
  expect(pageWith({ netType: 'wifi' }).sdk['getConnection']?.().netType).toBe('wifi');
});

/** Compiles against the package's types in an ES module. */
import { type CmpassportClient, createCmpassportClient, type NextStep } from 'cmpassport-client';
import { AMBIGUITIES, RESULT_CODES, SCHEMAS } from 'cmpassport-mock/contracts';
import { connectMock, type MockApp } from 'cmpassport-mock/control';
import { createFixtures } from 'cmpassport-mock/fixtures';
import { createCarrierHandlers } from 'cmpassport-mock/msw';
import { createCarrierMiddleware, createMockServer } from 'cmpassport-mock/server';

export const client: CmpassportClient = createCmpassportClient({
  appId: '300000000001',
  appKey: 'key',
  appSecret: 'secret',
});
// @ts-expect-error a key to sign with is required
createCmpassportClient({ appId: '300000000001' });

export async function nextStep(token: string): Promise<NextStep | undefined> {
  const answer = await client.getPhoneNumber(token);
  // @ts-expect-error only the kind phoneNumber has the number
  void answer.phoneNumber;
  if (answer.kind === 'phoneNumber') void answer.phoneNumber.length;
  return answer.kind === 'phoneNumber' ? undefined : answer.next;
}

export async function everything(): Promise<unknown> {
  await using server = await createMockServer();
  const app: MockApp = await connectMock({ url: server.url }).createApp();
  const carrier: MockApp = createCarrierHandlers();
  return [
    app,
    carrier,
    createCarrierMiddleware(),
    createFixtures({ seed: 'types' }),
    AMBIGUITIES,
    RESULT_CODES,
    SCHEMAS,
  ];
}

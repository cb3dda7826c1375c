/** One-tap login and the check of a number, as a server does them. */
import { type CmpassportClient, createCmpassportClient, ExchangeError } from 'cmpassport-mock';

export type Step = { do: 'welcome'; phoneNumber: string } | { do: 'getNewToken' } | { do: 'sendSmsCode' };

export function createCarrier(env = process.env): CmpassportClient {
  return createCmpassportClient({
    appId: env['CMPASSPORT_APP_ID'] ?? '',
    appKey: env['CMPASSPORT_APP_KEY'] ?? '',
    appSecret: env['CMPASSPORT_APP_SECRET'] ?? '',
    baseUrl: env['CMPASSPORT_BASE'] ?? 'https://www.cmpassport.com',
    // Outside tests, whatever a simulated carrier answers is an error.
    production: env['NODE_ENV'] !== 'test',
  });
}

export async function signIn(carrier: CmpassportClient, token: string): Promise<Step> {
  const answer = await carrier.getPhoneNumber(token).catch(broken);
  switch (answer?.kind) {
    case 'phoneNumber':
      return { do: 'welcome', phoneNumber: answer.phoneNumber };
    case 'refused':
      if (answer.next === 'fixConfiguration') console.error(answer.resultCode, answer.description.en, answer.taskId);
      return answer.next === 'getNewToken' ? { do: 'getNewToken' } : { do: 'sendSmsCode' };
    case 'unknownCode':
    case undefined:
      return { do: 'sendSmsCode' };
    default:
      return answer satisfies never;
  }
}

export async function isOwnNumber(carrier: CmpassportClient, token: string, phoneNumber: string): Promise<boolean> {
  const answer = await carrier.verifyPhoneNumber({ token, phoneNumber }).catch(broken);
  return answer?.kind === 'ownNumber';
}

/** No answer: the token may be used and the call charged, so nobody sends it again. What is a mistake of ours is thrown. */
function broken(error: unknown): undefined {
  if (!(error instanceof ExchangeError)) throw error;
  console.error(error.code, error.message);
}

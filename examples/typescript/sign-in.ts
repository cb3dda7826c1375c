/** One-tap login and the check of a number, as a server does them. */
import {
  ArgumentError,
  type CmpassportClient,
  createCmpassportClient,
  ExchangeError,
  type PhoneNumberRefusal,
  type UnknownCode,
  type VerificationRefusal,
} from 'cmpassport-mock';

export type Step = { do: 'welcome'; phoneNumber: string } | { do: 'getNewToken' } | { do: 'sendSmsCode' };
export type Verdict = 'own' | 'other' | 'unknown' | 'getNewToken' | 'askForNumberAgain';

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
  const answer = await carrier.getPhoneNumber(token).catch(noAnswer);
  switch (answer.kind) {
    case 'phoneNumber':
      return { do: 'welcome', phoneNumber: answer.phoneNumber };
    case 'refused':
      report(answer);
      return answer.next === 'getNewToken' ? { do: 'getNewToken' } : { do: 'sendSmsCode' };
    case 'unknownCode':
      report(answer);
      return { do: 'sendSmsCode' };
    case 'wrongInput':
      return { do: 'getNewToken' };
    case 'broken':
      return { do: 'sendSmsCode' };
    default:
      return answer satisfies never;
  }
}

export async function checkNumber(carrier: CmpassportClient, token: string, phoneNumber: string): Promise<Verdict> {
  const answer = await carrier.verifyPhoneNumber({ token, phoneNumber }).catch(noAnswer);
  switch (answer.kind) {
    case 'ownNumber':
      return 'own';
    case 'notOwnNumber':
      return 'other';
    case 'refused':
      report(answer);
      return answer.next === 'getNewToken' ? 'getNewToken' : 'unknown';
    case 'unknownCode':
      report(answer);
      return 'unknown';
    case 'wrongInput':
      return answer.field === 'token' ? 'getNewToken' : 'askForNumberAgain';
    case 'broken':
      return 'unknown';
    default:
      return answer satisfies never;
  }
}

/** One user's "no" is no news. What every user would meet is, and so is a code that nobody knows. */
function report(answer: PhoneNumberRefusal | VerificationRefusal | UnknownCode): void {
  const { resultCode, taskId, next } = answer;
  if (answer.kind === 'unknownCode') console.error(resultCode, answer.carrierText, taskId);
  else if (next === 'fixConfiguration' || next === 'contactCarrier')
    console.error(resultCode, answer.description.en, taskId);
}

type NoAnswer = { kind: 'wrongInput'; field: 'token' | 'phoneNumber' } | { kind: 'broken' };

function noAnswer(error: unknown): NoAnswer {
  // What the phone or the user sent cannot be right: nothing went out.
  if (error instanceof ArgumentError && (error.field === 'token' || error.field === 'phoneNumber'))
    return { kind: 'wrongInput', field: error.field };
  // What is a mistake of ours is thrown.
  if (!(error instanceof ExchangeError)) throw error;
  // The token may be used and the call charged, so nobody sends it again.
  console.error(error.code, error.message);
  return { kind: 'broken' };
}

/** A server's one-tap login and number check. */
import {
  ArgumentError,
  type CmpassportClient,
  createCmpassportClient,
  ExchangeError,
  type PhoneNumberRefusal,
  type UnknownCode,
  type VerificationRefusal,
} from 'cmpassport-client';

export type Step =
  | { do: 'welcome'; phoneNumber: string }
  | { do: 'getNewToken' }
  | { do: 'sendSmsCode' };
export type Verdict = 'own' | 'other' | 'unknown' | 'getNewToken' | 'askForNumberAgain';

export function createCarrier(env = process.env): CmpassportClient {
  return createCmpassportClient({
    appId: env['CMPASSPORT_APP_ID'] ?? '',
    appKey: env['CMPASSPORT_APP_KEY'] ?? '',
    appSecret: env['CMPASSPORT_APP_SECRET'] ?? '',
    baseUrl: env['CMPASSPORT_BASE'] ?? 'https://www.cmpassport.com',
    // In production, a response from a simulated carrier is an error.
    production: env['NODE_ENV'] !== 'test',
  });
}

export async function signIn(carrier: CmpassportClient, token: string): Promise<Step> {
  const answer = await carrier.getPhoneNumber(token).catch(failureOf);
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

export async function checkNumber(
  carrier: CmpassportClient,
  token: string,
  phoneNumber: string,
): Promise<Verdict> {
  const answer = await carrier.verifyPhoneNumber({ token, phoneNumber }).catch(failureOf);
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

/** Logs unknown codes and refusals that affect all users. A refusal that concerns one user is normal. */
function report(answer: PhoneNumberRefusal | VerificationRefusal | UnknownCode): void {
  const { resultCode, taskId, next } = answer;
  if (answer.kind === 'unknownCode') console.error(resultCode, answer.carrierText, taskId);
  else if (next === 'fixConfiguration' || next === 'contactCarrier')
    console.error(resultCode, answer.description.en, taskId);
}

type Failure = { kind: 'wrongInput'; field: 'token' | 'phoneNumber' } | { kind: 'broken' };

function failureOf(error: unknown): Failure {
  // The input of the phone or the user is invalid. No request was sent.
  if (error instanceof ArgumentError && (error.field === 'token' || error.field === 'phoneNumber'))
    return { kind: 'wrongInput', field: error.field };
  // Any other error is a bug or a wrong setting.
  if (!(error instanceof ExchangeError)) throw error;
  // The token may be consumed and the call charged. Do not send it again.
  console.error(error.code, error.message);
  return { kind: 'broken' };
}

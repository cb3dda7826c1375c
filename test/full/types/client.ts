/** Code that the client's types accept and reject: a switch over a result narrows and must be exhaustive, and an invalid configuration does not compile. */

const PREAMBLE = `import { createCmpassportClient, type Fetch, type PhoneNumberAnswer, type VerificationAnswer } from 'cmpassport-mock';
declare const login: PhoneNumberAnswer;
declare const verify: VerificationAnswer;
declare function take(value: unknown): void;
export type Used = Fetch;
`;

/** A module with the statements on one line, so an error shows all of them. */
export function clientModule(text: string): string {
  return `${PREAMBLE}export function used(): void { ${text.replaceAll(/\s+/g, ' ')} take([createCmpassportClient, login, verify]); }`;
}

export const CLIENT_COMPILES = [
  {
    description: 'a switch over kind',
    text: `switch (login.kind) {
      case 'phoneNumber': take(login.phoneNumber.length); break;
      case 'refused': take(login.name.length); break;
      case 'unknownCode': take(login.carrierText?.length); break;
      default: login satisfies never;
    }
    switch (verify.kind) {
      case 'ownNumber': take(verify.taskId.length); break;
      case 'notOwnNumber': take(verify.accessToken?.length); break;
      case 'refused': take(verify.description.zh); break;
      case 'unknownCode': take(verify.next satisfies 'fallBackToSms'); break;
      default: verify satisfies never;
    }`,
  },
  {
    description: 'a switch over the resultCode of a refusal',
    text: `if (login.kind === 'refused') switch (login.resultCode) {
      case '104201': take(login.next satisfies 'getNewToken'); break;
      case '105312': take(login.name satisfies 'CALLS_USED_UP'); break;
      default: take(login.next satisfies 'getNewToken' | 'fixConfiguration' | 'retryLater');
    }
    if (verify.kind !== 'unknownCode' && verify.resultCode === '001') take(verify.accessToken);`,
  },
  {
    description: 'available implementations of fetch',
    text: `take([fetch, globalThis.fetch, async () => new Response('{}')] satisfies Fetch[]);`,
  },
];

interface Rejected {
  readonly description: string;
  readonly text: string;
  /** A part of the compiler's message. */
  readonly message?: string;
}

export const CLIENT_DOES_NOT_COMPILE: readonly Rejected[] = [
  {
    description: 'a missing kind',
    text: `switch (login.kind) { case 'phoneNumber': case 'refused': break; default: login satisfies never; }`,
  },
  { description: 'the number before the kind is checked', text: 'take(login.phoneNumber);' },
  {
    description: 'the number of a refusal',
    text: `if (login.kind === 'refused') take(login.phoneNumber);`,
  },
  {
    description: 'the accessToken of ownNumber',
    text: `if (verify.kind === 'ownNumber') take(verify.accessToken);`,
  },
  {
    description: 'a code that is not a refusal',
    text: `if (login.kind === 'refused' && login.resultCode === '000') take(0);`,
  },
  {
    description: 'a client without secrets',
    text: `take(createCmpassportClient({ appId: '1' }));`,
    message: "Property 'appSecret' is missing",
  },
  {
    description: 'a client with a secret that may be undefined',
    text: `take(createCmpassportClient({ appId: '1', appSecret: process.env['SECRET'] }));`,
  },
  {
    description: 'a signing mode of the other operation',
    text: `take(createCmpassportClient({ appId: '1', appKey: '2', signing: { loginTokenValidate: 'hmac' } }));`,
  },
];

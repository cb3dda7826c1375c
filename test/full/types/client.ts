/** What the client's types allow and refuse: a switch over an answer is exhaustive and narrows, a configuration that cannot work does not compile. */

const GIVEN = `import { createCmpassportClient, type Fetch, type PhoneNumberAnswer, type VerificationAnswer } from 'cmpassport-mock';
declare const login: PhoneNumberAnswer;
declare const verify: VerificationAnswer;
declare function take(value: unknown): void;
export type Used = Fetch;
`;

/** A text as a module of its own, its statements on one line, so that an error shows all of them. */
export function clientModule(text: string): string {
  return `${GIVEN}export function used(): void { ${text.replaceAll(/\s+/g, ' ')} take([createCmpassportClient, login, verify]); }`;
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
    description: 'the fetches that are there',
    text: `take([fetch, globalThis.fetch, async () => new Response('{}')] satisfies Fetch[]);`,
  },
];

export const CLIENT_DOES_NOT_COMPILE = [
  {
    description: 'a kind that is left out',
    text: `switch (login.kind) { case 'phoneNumber': case 'refused': break; default: login satisfies never; }`,
  },
  { description: 'the number before it is known that there is one', text: 'take(login.phoneNumber);' },
  { description: 'the number of a refusal', text: `if (login.kind === 'refused') take(login.phoneNumber);` },
  {
    description: 'the accessToken of the own number',
    text: `if (verify.kind === 'ownNumber') take(verify.accessToken);`,
  },
  { description: 'a code that is none', text: `if (login.kind === 'refused' && login.resultCode === '000') take(0);` },
  { description: 'a client of nothing', text: `take(createCmpassportClient({ appId: '1' }));` },
  {
    description: 'a client of a secret that may be absent',
    text: `take(createCmpassportClient({ appId: '1', appSecret: process.env['SECRET'] }));`,
  },
  {
    description: 'a way of signing that the operation does not have',
    text: `take(createCmpassportClient({ appId: '1', appKey: '2', signing: { loginTokenValidate: 'hmac' } }));`,
  },
];

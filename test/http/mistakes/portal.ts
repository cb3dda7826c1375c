/** Mistakes made on the developer community's pages: the whitelist, the capabilities, the calls. The document, 1.2 strictcheck, 1.4 and 2.5. */
import type { Mistake } from './mistake.js';

const LOGIN = { mode: 'login MD5', fields: () => ({ strictcheck: '1' }) } as const;
const VERIFY = { mode: 'verify HMAC' } as const;

const HERE = '127.0.0.1,::1';
const ELSEWHERE = '10.0.0.5,10.0.0.6-10.0.0.9';

/** The same list for both capabilities. */
function both(text: string): object {
  return { ipWhitelist: { loginTokenValidate: text, tokenValidate: text } };
}

/** Entries in a wrong syntax, each meant to cover the caller. */
const SYNTAX = [
  { list: '127.0.0.0/8', called: 'a network in CIDR' },
  { list: '127.0.0.*', called: 'a wildcard' },
  { list: '127.0.0.1-127.0.255.255', called: 'a range over the last two octets' },
] as const;

const REFUSED: readonly (Pick<Mistake, 'description' | 'finding'> & {
  readonly atLogin: object;
  readonly atVerify: object;
})[] = [
  {
    description: 'the egress of a NAT is not on the list',
    atLogin: both(ELSEWHERE),
    atVerify: both(ELSEWHERE),
    finding: 'ip.not-listed',
  },
  {
    description: 'the list of the other capability was edited',
    atLogin: { ipWhitelist: { loginTokenValidate: ELSEWHERE, tokenValidate: HERE } },
    atVerify: { ipWhitelist: { loginTokenValidate: HERE, tokenValidate: ELSEWHERE } },
    finding: 'ip.other-list',
  },
  { description: 'nothing was entered', atLogin: both(''), atVerify: both(''), finding: 'ip.list-empty' },
  ...SYNTAX.map(({ list, called }) => ({
    description: `${called} was entered`,
    atLogin: both(list),
    atVerify: both(list),
    finding: 'ip.list-syntax',
  })),
];

export const WHITELISTS: readonly Mistake[] = [
  ...REFUSED.flatMap(({ description, atLogin, atVerify, finding }): readonly Mistake[] => [
    { ...LOGIN, description: `${description} at login`, app: atLogin, resultCode: '103511', finding },
    { ...VERIFY, description: `${description} at verify`, app: atVerify, resultCode: '124', finding },
  ]),
  {
    ...LOGIN,
    description: 'a full-width comma was entered at login, which works',
    app: both('10.0.0.5，127.0.0.1，::1'),
    resultCode: '103000',
    finding: 'ip.list-syntax',
  },
  {
    ...VERIFY,
    description: 'a full-width comma was entered at verify, which works',
    app: both('10.0.0.5，127.0.0.1，::1'),
    resultCode: '000',
    finding: 'ip.list-syntax',
  },
];

export const CAPABILITIES_AND_CALLS: readonly Mistake[] = [
  {
    mode: 'login MD5',
    description: 'one-tap login is not ticked',
    app: { capabilities: ['tokenValidate'] },
    resultCode: '105019',
    finding: 'capability.missing',
  },
  {
    ...VERIFY,
    description: 'number verification is not ticked',
    app: { capabilities: ['loginTokenValidate', 'smsFallback'] },
    resultCode: '103420',
    finding: 'capability.missing',
  },
  {
    mode: 'login MD5',
    description: 'the free calls of the day are used up at login',
    app: { dailyQuota: 1 },
    earlier: { token: 'its own', plan: {} },
    resultCode: '105312',
    finding: 'calls.daily-quota',
  },
  {
    ...VERIFY,
    description: 'the free calls of the day are used up at verify',
    app: { dailyQuota: 1 },
    earlier: { token: 'its own', plan: {} },
    resultCode: '103420',
    finding: 'calls.daily-quota',
  },
  {
    mode: 'login MD5',
    description: 'the package is used up at login',
    app: { contracted: true, callPackage: 1 },
    earlier: { token: 'its own', plan: {} },
    resultCode: '105312',
    finding: 'calls.package',
  },
  {
    ...VERIFY,
    description: 'a contract has ended the free calls and no package was bought',
    app: { contracted: true, callPackage: 0 },
    resultCode: '103420',
    finding: 'calls.package',
  },
];

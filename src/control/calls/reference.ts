/** The responses of the reference (codes, subscribers, readings, operations) and of the tools. */
import { BEYOND_SIDES } from '../../protocol/beyond-codes.js';
import type { NextStep } from '../../protocol/next-steps.js';
import { OPERATIONS } from '../../protocol/operations.js';
import { READINGS } from '../../protocol/readings.js';
import { fields, object, type } from './notation.js';
import { NUMBER_OUTCOMES, ofOperations } from './settings.js';

const NEXT_STEPS = [
  'getNewToken',
  'fallBackToSms',
  'fixConfiguration',
  'contactCarrier',
  'retryLater',
] as const satisfies readonly NextStep[];
const PATH = { enum: OPERATIONS.map(({ path }) => path) };
/** How a code is obtained: by its cause, or forced. */
export const WAY_NAMES = ['cause', 'magic', 'header', 'script'] as const;
export type WayName = (typeof WAY_NAMES)[number];

const ALL_FIELDS = OPERATIONS.flatMap(({ fields: sent, reply }) => [...sent, ...reply]);
/** Where a field can be, except at the top level of the JSON. */
export const LOCATIONS = [
  ...new Set(
    ALL_FIELDS.map(({ location }) => location).filter((location) => location !== 'topLevel'),
  ),
];

const WIRE_FIELD = {
  name: ['string', 'The name on the wire.'],
  in: [
    { enum: [null, ...LOCATIONS] },
    'The object of the JSON that contains it; null at the top level; httpHeader for an HTTP header.',
  ],
  meaning: 'Bilingual',
} as const;

/** By component name. */
export const REFERENCE_RESPONSES = {
  Bilingual: object('The same text in English and in Chinese.', { en: 'string', zh: 'string' }),
  Way: {
    enum: WAY_NAMES,
    description:
      'How a code is obtained: by its cause, or forced by a magic token, a request header or a script.',
  },
  ResultCodes: fields({ codes: 'ResultCodeRow[]', beyond: 'BeyondCode[]' }),
  ResultCodeRow: object('A result code, its cause, and how to get it.', {
    operation: 'Operation',
    code: 'ResultCode',
    name: 'string',
    desc: ['string', 'As in the document.'],
    descEn: 'string',
    cause: 'Bilingual',
    basis: 'Basis',
    decidedBy: [
      { type: 'array', items: { anyOf: [type('Requirement'), { const: 'allMet' }] } },
      'The requirements whose violation returns this code, in order of precedence; allMet for a success.',
    ],
    charged: 'boolean',
    usesToken: ['boolean', 'Whether the token is consumed.'],
    nextStep: [{ enum: [...NEXT_STEPS, null] }, 'What a client does next; null for a success.'],
    ways: { type: 'array', items: fields({ way: 'Way', curl: 'string' }) },
  }),
  BeyondCode: object('A code that public lists contain and the document does not.', {
    code: 'UndocumentedCode',
    desc: ['string', 'As published.'],
    descEn: 'string',
    side: [{ enum: BEYOND_SIDES }, 'Which part reports it; unstated if no source names it.'],
    source: ['Bilingual', 'Where it is published.'],
    nextStep: [{ enum: NEXT_STEPS }, 'What a client does next.'],
    curl: [fields(ofOperations('string')), 'A command for each operation.'],
  }),
  Subscribers: fields({ subscribers: 'Subscriber[]' }),
  Subscriber: object('A phone number of the simulated carrier.', {
    phoneNumber: 'string',
    operator: 'Operator',
    failure: ['NumberFailure | null', 'null for an ordinary number.'],
    outcomes: [NUMBER_OUTCOMES, 'The scripts of the configuration, each from its first step.'],
  }),
  ReadingRows: fields({ readings: 'ReadingRow[]' }),
  ReadingRow: object(
    'A point on which the document is silent or contradicts itself, and the options of an app.',
    {
      id: { enum: READINGS.map(({ id }) => id) },
      title: 'Bilingual',
      section: ['string', 'The section of the document, such as 1.2 systemtime.'],
      sentence: ['string', 'The unclear sentence of the document.'],
      default: 'string',
      basis: ['Basis', 'The evidence for the default.'],
      options: { type: 'array', items: fields({ option: 'string', meaning: 'Bilingual' }) },
      pattern: ['string | null', 'A regular expression for more options; null if there are none.'],
      why: 'Bilingual',
      observed: [
        'ObservedReading | null',
        'The option that a calibration observed, which replaces the default; null without one.',
      ],
    },
  ),
  ObservedReading: object('An option that a calibration observed at the carrier.', {
    id: { enum: READINGS.map(({ id }) => id) },
    option: 'string',
    observedOn: ['string', 'A date such as 2026-11-27.'],
  }),
  OperationRows: fields({ operations: 'OperationRow[]' }),
  OperationRow: object("One of the carrier's operations.", {
    operation: 'Operation',
    name: 'Bilingual',
    path: PATH,
    url: ['string', 'Its address on this server.'],
    version: { enum: [...new Set(OPERATIONS.map(({ version }) => version))] },
    requestFields: 'RequestField[]',
    answerFields: 'AnswerField[]',
    rules: ['RuleRow[]', 'In order of precedence: the first unmet one decides the result.'],
  }),
  RequestField: object('A documented field of a request.', {
    ...WIRE_FIELD,
    required: [
      { enum: [true, false, 'depends'] },
      'depends: depends on the value of another field.',
    ],
    rule: ['Bilingual', 'The format of its value, in a few words.'],
    section: ['string', 'The section of the document.'],
  }),
  AnswerField: object('A field of a response.', WIRE_FIELD),
  RuleRow: object(
    'A requirement, the result code if it is not met, and a description of both cases.',
    {
      requires: 'Requirement',
      otherwise: ['ResultCode', 'The result code with the default readings.'],
      basis: 'Basis',
      met: 'Bilingual',
      unmet: 'Bilingual',
    },
  ),
  SignedRequest: object('A correctly signed request. Send it to path on the carrier.', {
    method: { const: 'POST' },
    path: PATH,
    headers: [
      {
        ...fields({ 'Content-Type': { const: 'application/json' } }),
        additionalProperties: { type: 'string' },
      },
      'With the HTTP headers that carry fields of the operation.',
    ],
    body: 'string',
    stringToSign: ['string', 'Complete, with the secret.'],
    sign: 'string',
  }),
  KeyPair: object('An RSA key pair in the format of the portal.', {
    publicKey: ['string', 'Base64 of the SPKI.'],
    privateKey: ['string', 'PKCS#8 in Base64. The mock does not store it.'],
  }),
  IpWhitelistCheck: object('What a 服务器IP白名单 admits, and what is wrong with it.', {
    entries: 'IpWhitelistEntry[]',
    notes: [
      'Bilingual[]',
      'Remarks on the whole list, such as entries that work but should be written differently.',
    ],
    clientIpAdmitted: ['boolean | null', 'null if the request has no clientIp.'],
  }),
  IpWhitelistEntry: object('An entry of a whitelist.', {
    entry: ['string', 'As received.'],
    admits: [
      'string | null',
      'The address or range (10.0.0.1-10.0.0.9) that it admits; null if it admits none.',
    ],
    problem: [
      'Bilingual | null',
      'What is wrong and how to write it, in one sentence; null for a valid entry.',
    ],
  }),
} as const;

/** JSON Schemas of the reference (subscribers, readings, operations) and of the tools. */
import { BEYOND_SIDES } from '../../../src/protocol/beyond-codes.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { READINGS } from '../../carrier/engine/readings.js';
import type { Schema } from '../../schemas/schemas.js';
import { described, list, NEXT_STEPS, orNull, ref, TEXT, TEXT_OR_NULL, whole } from './schema-parts.js';

const BILINGUAL = ref('Bilingual');

const PLACE: Schema = {
  enum: [null, 'header', 'body'],
  description: "The part of tokenValidate's envelope that contains it; null at the top level.",
};

const READING_ROW = whole(
  {
    id: { enum: READINGS.map(({ id }) => id) },
    section: described(TEXT, 'The section of the document, such as 1.2 systemtime.'),
    sentence: described(TEXT, 'The unclear sentence of the document.'),
    default: TEXT,
    basis: described(ref('Basis'), 'The evidence for the default.'),
    options: list(whole({ option: TEXT, meaning: BILINGUAL })),
    pattern: described(TEXT_OR_NULL, 'A regular expression for more options; null if there are none.'),
    why: BILINGUAL,
    observed: described(
      orNull(ref('ObservedReading')),
      'The option that a calibration observed, which replaces the default; null without one.',
    ),
  },
  'A point on which the document is silent or contradicts itself, and the options of an app.',
);

const OBSERVED_READING = whole(
  {
    id: { enum: READINGS.map(({ id }) => id) },
    option: TEXT,
    observedOn: described(TEXT, 'A date such as 2026-11-27.'),
  },
  'An option that a calibration observed at the carrier.',
);

const REQUEST_FIELD = whole(
  {
    name: described(TEXT, 'The name on the wire.'),
    in: PLACE,
    required: { enum: [true, false, 'depends'], description: 'depends: depends on the value of another field.' },
    meaning: BILINGUAL,
    rule: described(BILINGUAL, 'The format of its value, in a few words.'),
    section: described(TEXT, 'The section of the document.'),
  },
  'A documented field of a request.',
);

const OPERATION_ROW = whole(
  {
    operation: ref('Operation'),
    name: BILINGUAL,
    path: { enum: OPERATIONS.map(({ path }) => path) },
    url: described(TEXT, 'Its address on this server.'),
    version: { enum: OPERATIONS.map(({ version }) => version) },
    requestFields: list(ref('RequestField')),
    answerFields: list(ref('AnswerField')),
    rules: described(list(ref('RuleRow')), 'In order of precedence: the first unmet one decides the result.'),
  },
  "One of the carrier's two operations.",
);

const RULE_ROW = whole(
  {
    requires: ref('Requirement'),
    otherwise: described(ref('ResultCode'), 'The result code with the default readings.'),
    basis: ref('Basis'),
    met: BILINGUAL,
    unmet: BILINGUAL,
  },
  'A requirement, the result code if it is not met, and a description of both cases.',
);

const SIGNED_REQUEST = whole(
  {
    method: { const: 'POST' },
    path: { enum: OPERATIONS.map(({ path }) => path) },
    headers: whole({ 'Content-Type': { const: 'application/json' } }),
    body: TEXT,
    stringToSign: described(TEXT, 'Complete, with the secret.'),
    sign: TEXT,
  },
  'A correctly signed request. Send it to path on the carrier.',
);

const IP_WHITELIST_ENTRY = whole(
  {
    entry: described(TEXT, 'As received.'),
    admits: described(TEXT_OR_NULL, 'The address or range (10.0.0.1-10.0.0.9) that it admits; null if it admits none.'),
    problem: described(
      orNull(BILINGUAL),
      'What is wrong and how to write it, in one sentence; null for a valid entry.',
    ),
  },
  'An entry of a whitelist.',
);

const BEYOND_CODE = whole(
  {
    code: ref('UndocumentedCode'),
    desc: described(TEXT, 'As published.'),
    descEn: TEXT,
    side: { enum: BEYOND_SIDES, description: 'Which part reports it; unstated if no source names it.' },
    source: described(BILINGUAL, 'Where it is published.'),
    nextStep: { enum: NEXT_STEPS, description: 'What a client does next.' },
    curl: described(whole({ loginTokenValidate: TEXT, tokenValidate: TEXT }), 'A command for each operation.'),
  },
  'A code that public lists contain and the document does not.',
);

/** By component name. */
export const REFERENCE_RESPONSES: Readonly<Record<string, Schema>> = {
  Bilingual: whole({ en: TEXT, zh: TEXT }, 'The same text in English and in Chinese.'),
  BeyondCode: BEYOND_CODE,
  Subscribers: whole({ subscribers: list(ref('Subscriber')) }),
  Subscriber: whole(
    {
      phoneNumber: TEXT,
      operator: ref('Operator'),
      persona: described(orNull(ref('Persona')), 'null for an ordinary number.'),
    },
    'A phone number of the simulated carrier.',
  ),
  ReadingRows: whole({ readings: list(ref('ReadingRow')) }),
  ReadingRow: READING_ROW,
  ObservedReading: OBSERVED_READING,
  OperationRows: whole({ operations: list(ref('OperationRow')) }),
  OperationRow: OPERATION_ROW,
  RequestField: REQUEST_FIELD,
  AnswerField: whole(
    { name: described(TEXT, 'The name on the wire.'), in: PLACE, meaning: BILINGUAL },
    'A field of a response.',
  ),
  RuleRow: RULE_ROW,
  SignedRequest: SIGNED_REQUEST,
  KeyPair: whole(
    {
      publicKey: described(TEXT, 'Base64 of the SPKI.'),
      privateKey: described(TEXT, 'PKCS#8 in Base64. The mock does not store it.'),
    },
    'An RSA key pair in the format of the portal.',
  ),
  IpWhitelistCheck: whole(
    {
      entries: list(ref('IpWhitelistEntry')),
      notes: described(
        list(BILINGUAL),
        'Remarks on the whole list, such as entries that work but should be written differently.',
      ),
      clientIpAdmitted: { type: ['boolean', 'null'], description: 'null if the request has no clientIp.' },
    },
    'What a 服务器IP白名单 admits, and what is wrong with it.',
  ),
  IpWhitelistEntry: IP_WHITELIST_ENTRY,
};

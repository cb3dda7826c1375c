/** JSON Schemas of the reference (subscribers, readings, operations), and of what is made or checked and kept nowhere. */
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { READINGS } from '../../engine/readings.js';
import { OPERATORS } from '../../engine/state.js';
import { PERSONAS } from '../../outcomes/personas.js';
import type { Schema } from '../../schemas.js';
import { BASIS, described, list, orNull, ref, TEXT, TEXT_OR_NULL, whole } from './schema-parts.js';

const BILINGUAL = ref('Bilingual');

const PLACE: Schema = {
  enum: [null, 'header', 'body'],
  description: "The half of verify's envelope that it stands in; null for what stands at the top.",
};

const READING_ROW = whole({
  id: { enum: READINGS.map(({ id }) => id) },
  section: described(TEXT, 'Of the document: 1.2 systemtime.'),
  sentence: described(TEXT, "The document's own words, which leave it open."),
  default: TEXT,
  basis: described(BASIS, 'How we know the default.'),
  options: list(whole({ option: TEXT, meaning: BILINGUAL })),
  pattern: described(TEXT_OR_NULL, 'Further options, as a regular expression; null where there are none.'),
  why: BILINGUAL,
});

const REQUEST_FIELD = whole({
  name: described(TEXT, 'As it travels.'),
  in: PLACE,
  required: { enum: [true, false, 'depends'], description: 'depends: on the value of another field.' },
  meaning: BILINGUAL,
  rule: described(BILINGUAL, 'What is demanded of its value, in a few words.'),
  section: described(TEXT, 'Of the document.'),
});

const OPERATION_ROW = whole({
  operation: ref('Operation'),
  name: BILINGUAL,
  path: { enum: OPERATIONS.map(({ path }) => path) },
  url: described(TEXT, 'Where the carrier answers it on this server.'),
  version: { enum: OPERATIONS.map(({ version }) => version) },
  requestFields: list(ref('RequestField')),
  answerFields: list(ref('AnswerField')),
  rules: described(list(ref('RuleRow')), 'In order of precedence: the first that is not met names the result.'),
});

const RULE_ROW = whole({
  requires: ref('Requirement'),
  otherwise: described(ref('ResultCode'), 'By the default readings.'),
  basis: BASIS,
  met: BILINGUAL,
  unmet: BILINGUAL,
});

const SIGNED_REQUEST = whole({
  method: { const: 'POST' },
  path: { enum: OPERATIONS.map(({ path }) => path) },
  headers: whole({ 'Content-Type': { const: 'application/json' } }),
  body: TEXT,
  stringToSign: described(TEXT, 'Whole, the secret included.'),
  sign: TEXT,
});

const IP_WHITELIST_ENTRY = whole({
  entry: described(TEXT, 'As it was typed.'),
  admits: described(TEXT_OR_NULL, 'An address, or a range 10.0.0.1-10.0.0.9; null where it admits nobody.'),
  problem: orNull(BILINGUAL),
});

/** By component name. */
export const REFERENCE_RESPONSES: Readonly<Record<string, Schema>> = {
  Bilingual: whole({ en: TEXT, zh: TEXT }, 'The same in English and in Chinese.'),
  Subscribers: whole({ subscribers: list(ref('Subscriber')) }),
  Subscriber: whole({
    phoneNumber: TEXT,
    operator: { enum: OPERATORS },
    persona: {
      enum: [...PERSONAS.map(({ persona }) => persona), null],
      description: 'What goes wrong with it each time; null for an ordinary one.',
    },
  }),
  ReadingRows: whole({ readings: list(ref('ReadingRow')) }),
  ReadingRow: READING_ROW,
  OperationRows: whole({ operations: list(ref('OperationRow')) }),
  OperationRow: OPERATION_ROW,
  RequestField: REQUEST_FIELD,
  AnswerField: whole({ name: described(TEXT, 'As it travels.'), in: PLACE, meaning: BILINGUAL }),
  RuleRow: RULE_ROW,
  SignedRequest: SIGNED_REQUEST,
  KeyPair: whole({
    publicKey: described(TEXT, 'Base64 of the SPKI, as the portal takes it.'),
    privateKey: described(TEXT, 'PKCS#8 in Base64; kept nowhere.'),
  }),
  IpWhitelistCheck: whole({
    entries: list(ref('IpWhitelistEntry')),
    notes: described(list(BILINGUAL), 'On the list as a whole: what works and should be typed otherwise.'),
    clientIpAdmitted: { type: ['boolean', 'null'], description: 'null where no clientIp was given.' },
  }),
  IpWhitelistEntry: IP_WHITELIST_ENTRY,
};

/**
 * The contract as data: the result codes, the ambiguities of the document, and a JSON Schema for each request and
 * response. It is made from the document and independent of the server, so it can test any carrier and client.
 *
 * @module cmpassport-mock/contracts
 */
import ambiguities from './ambiguities.json' with { type: 'json' };
import resultCodes from './result-codes.json' with { type: 'json' };
import h5TokenValidateRequest from './schemas/h5-token-validate-request.schema.json' with {
  type: 'json',
};
import h5TokenValidateResponse from './schemas/h5-token-validate-response.schema.json' with {
  type: 'json',
};
import loginTokenValidateRequest from './schemas/login-token-validate-request.schema.json' with {
  type: 'json',
};
import loginTokenValidateResponse from './schemas/login-token-validate-response.schema.json' with {
  type: 'json',
};
import tokenValidateRequest from './schemas/token-validate-request.schema.json' with {
  type: 'json',
};
import tokenValidateResponse from './schemas/token-validate-response.schema.json' with {
  type: 'json',
};

/**
 * The operations: 获取手机号码 (login) and 本机号码校验 (verify), as named in the document's addresses, and the login of pages
 * and mini-programs, which public material shows.
 */
export type Operation = 'loginTokenValidate' | 'tokenValidate' | 'h5TokenValidate';

/**
 * The basis of a fact: the carrier's document states it (`documented`), public evidence shows it (`observed`), it
 * follows from evidence (`inferred`), or it is our choice because no public source states it (`assumed`).
 */
export type Basis = 'documented' | 'observed' | 'inferred' | 'assumed';

/** A row of the document's tables of result codes. */
export interface ResultCodeRow {
  readonly operation: Operation;
  /** The section of the document. */
  readonly section: string;
  readonly resultCode: string;
  /** The description in the document, quoted. */
  readonly document: string;
  /** Whether the call is charged (计费). */
  readonly charged: boolean;
  readonly chargedBasis: Basis;
}

/** A sentence of the document that allows several interpretations, or a question that the document leaves open. */
export interface Ambiguity {
  /** The id of the reading, as in an app's `readings`. */
  readonly id: string;
  /** The section of the document. */
  readonly section: string;
  /** The sentence of the document, quoted. */
  readonly sentence: string;
  readonly readings: readonly { readonly option: string; readonly meaning: string }[];
  /** The option that the mock uses by default. */
  readonly default: string;
  readonly basis: Basis;
  readonly why: string;
}

/** A JSON Schema (draft 2020-12) as an object. `ajv/dist/2020` compiles it unchanged, also in strict mode. */
export interface ContractSchema {
  readonly $schema: string;
  readonly $id: string;
  readonly title: string;
  /** The subject of the schema, and the section of the document. */
  readonly description: string;
  readonly [keyword: string]: unknown;
}

/**
 * The result codes: 27 in the order of the document (1.4 for login, 2.5 for verify), and those of h5TokenValidate that have
 * a known cause.
 *
 * @example
 * import { RESULT_CODES } from 'cmpassport-mock/contracts';
 *
 * const charged = RESULT_CODES.filter((row) => row.charged).map((row) => row.resultCode);
 * console.log(charged); // [ '103000', '000', '001' ]
 */
export const RESULT_CODES: readonly ResultCodeRow[] =
  resultCodes.results as readonly ResultCodeRow[];

/**
 * The places where the document is silent or contradicts itself: the possible interpretations, and the default of the
 * mock.
 *
 * @example
 * import { AMBIGUITIES } from 'cmpassport-mock/contracts';
 *
 * const open = AMBIGUITIES.filter(({ basis }) => basis === 'assumed').map(({ id }) => id);
 * console.log(`ask the carrier about: ${open.join(', ')}`);
 */
export const AMBIGUITIES: readonly Ambiguity[] = ambiguities.ambiguities as readonly Ambiguity[];

/**
 * A JSON Schema for the body of each request and response. The package also has them as files in
 * `cmpassport-mock/contracts/schemas/`, with names in kebab-case.
 *
 * @example
 * import { SCHEMAS } from 'cmpassport-mock/contracts';
 * import { Ajv2020 } from 'ajv/dist/2020.js';
 *
 * const isRequest = new Ajv2020({ strict: true }).compile(SCHEMAS.loginTokenValidate.request);
 * if (!isRequest({ version: '2.0' })) console.log(isRequest.errors);
 */
export const SCHEMAS: Readonly<
  Record<Operation, { readonly request: ContractSchema; readonly response: ContractSchema }>
> = {
  loginTokenValidate: { request: loginTokenValidateRequest, response: loginTokenValidateResponse },
  tokenValidate: { request: tokenValidateRequest, response: tokenValidateResponse },
  h5TokenValidate: { request: h5TokenValidateRequest, response: h5TokenValidateResponse },
};

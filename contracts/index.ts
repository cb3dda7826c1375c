/**
 * The contract as data: the result codes, the places where the document is open, and a JSON Schema of each request and
 * answer. Nothing here is the server's own: it is made from the document, so that it can judge any carrier and client.
 *
 * @module cmpassport-mock/contracts
 */
import ambiguities from './ambiguities.json' with { type: 'json' };
import resultCodes from './result-codes.json' with { type: 'json' };
import loginTokenValidateRequest from './schemas/login-token-validate-request.schema.json' with { type: 'json' };
import loginTokenValidateResponse from './schemas/login-token-validate-response.schema.json' with { type: 'json' };
import tokenValidateRequest from './schemas/token-validate-request.schema.json' with { type: 'json' };
import tokenValidateResponse from './schemas/token-validate-response.schema.json' with { type: 'json' };

/** 获取手机号码 and 本机号码校验: what the login and the verify endpoint are called in the document's addresses. */
export type Operation = 'loginTokenValidate' | 'tokenValidate';

/**
 * How something is known: the carrier's document says it; public evidence shows it; it follows from evidence; or
 * nothing public says it, and it is a choice.
 */
export type Basis = 'documented' | 'observed' | 'inferred' | 'assumed';

/** A row of the document's lists of result codes. */
export interface ResultCodeRow {
  readonly operation: Operation;
  /** Where it stands in the document. */
  readonly section: string;
  readonly resultCode: string;
  /** The document's words. */
  readonly document: string;
  /** Whether the call counts (计费). */
  readonly charged: boolean;
  readonly chargedBasis: Basis;
}

/** A sentence of the document that can be read in more than one way, or a silence. */
export interface Ambiguity {
  /** The name of the reading, as an app's `readings` has it. */
  readonly id: string;
  /** Where it stands in the document. */
  readonly section: string;
  /** The document's words. */
  readonly sentence: string;
  readonly readings: readonly { readonly option: string; readonly meaning: string }[];
  /** The option that the mock takes unless told otherwise. */
  readonly default: string;
  readonly basis: Basis;
  readonly why: string;
}

/** A JSON Schema of the draft 2020-12, as an object: `ajv/dist/2020` takes it as it is, in strict mode too. */
export interface ContractSchema {
  readonly $schema: string;
  readonly $id: string;
  readonly title: string;
  /** What it describes, and the section of the document that it follows. */
  readonly description: string;
  readonly [keyword: string]: unknown;
}

/**
 * The 27 result codes, in the order of the document: 1.4 for login, 2.5 for verify.
 *
 * @example
 * import { RESULT_CODES } from 'cmpassport-mock/contracts';
 *
 * const charged = RESULT_CODES.filter((row) => row.charged).map((row) => row.resultCode);
 * console.log(charged); // [ '103000', '000', '001' ]
 */
export const RESULT_CODES: readonly ResultCodeRow[] = resultCodes.results as readonly ResultCodeRow[];

/**
 * Where the document is silent or contradicts itself: the readings, and the one that the mock takes unless told
 * otherwise.
 *
 * @example
 * import { AMBIGUITIES } from 'cmpassport-mock/contracts';
 *
 * const open = AMBIGUITIES.filter(({ basis }) => basis === 'assumed').map(({ id }) => id);
 * console.log(`ask the carrier about: ${open.join(', ')}`);
 */
export const AMBIGUITIES: readonly Ambiguity[] = ambiguities.ambiguities as readonly Ambiguity[];

/**
 * The body of each request and of each answer, as JSON Schema. The same stand as files in
 * `cmpassport-mock/contracts/schemas/`, named in kebab-case.
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
};

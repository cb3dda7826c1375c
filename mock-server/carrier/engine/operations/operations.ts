/** The modules of the operations, by name, and the response of an operation. */
import { replyParts } from '../../../../src/protocol/fields.js';
import { OPERATIONS, type Operation } from '../../../../src/protocol/operations.js';
import type { TokenCapability } from '../../../../src/protocol/portal.js';
import type { CarrierRequest } from '../request.js';
import type { TokenFormat } from '../token-format.js';
import { H5_TOKEN_VALIDATE } from './h5-token-validate.js';
import { LOGIN_TOKEN_VALIDATE } from './login-token-validate.js';
import type { OperationModule, RenderInputs } from './operation.js';
import { TOKEN_VALIDATE } from './token-validate.js';

export const OPERATION_MODULES = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE,
  tokenValidate: TOKEN_VALIDATE,
  h5TokenValidate: H5_TOKEN_VALIDATE,
} as const satisfies Readonly<Record<Operation, OperationModule>>;

export function moduleOf(operation: Operation): OperationModule {
  return OPERATION_MODULES[operation];
}

export function tokensFor(capability: TokenCapability): TokenFormat {
  const { operation } = OPERATIONS.find((row) => row.capability === capability) ?? OPERATIONS[0];
  return moduleOf(operation).tokens;
}

export interface Rendered {
  /** The HTTP headers that carry fields: names and values in turn. */
  readonly headers: readonly string[];
  /** JSON without white space. Fields are in the order of the samples. */
  readonly body: string;
}

export function render(request: CarrierRequest, inputs: RenderInputs): Rendered {
  const { operation } = request;
  const { headers, body } = replyParts(operation, moduleOf(operation).reply(request, inputs));
  return { headers, body: JSON.stringify(body) };
}

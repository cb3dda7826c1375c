/** tokenValidate: checks whether a number is the token's. The document, 2. */
import { fieldsOf } from '../../../../src/protocol/fields.js';
import { resultRow } from '../../../../src/protocol/result-codes.js';
import { formatTimestamp } from '../../../../src/protocol/timestamp.js';
import type { TokenValidateResponseWire } from '../../../../src/protocol/wire.js';
import { TOKEN_VALIDATE_FACTS, type Verify, verifySituation } from '../facts/token-validate.js';
import type { Readings } from '../readings.js';
import {
  type Draft,
  isContentTypeAccepted,
  isText,
  isUrlRight,
  jsonOf,
  objectAt,
  optionalText,
  type TokenValidateRequest,
  textOf,
} from '../request.js';
import {
  TOKEN_VALIDATE_ALL_MET,
  TOKEN_VALIDATE_RULES,
  type TokenValidateRequirement,
} from '../rules/token-validate.js';
import type { OperationModule, RenderInputs } from './operation.js';

export const TOKEN_VALIDATE: OperationModule<TokenValidateRequest, TokenValidateRequirement, Verify> = {
  namesIn: (json) => {
    const header = objectAt(json, 'header');
    return { appId: header?.['appId'], msgId: header?.['msgId'], token: objectAt(json, 'body')?.['token'] };
  },
  toRequest,
  rules: TOKEN_VALIDATE_RULES,
  facts: TOKEN_VALIDATE_FACTS,
  allMet: TOKEN_VALIDATE_ALL_MET,
  situation: verifySituation,
  returnsNumber: false,
  render,
};

const FIELDS = fieldsOf('tokenValidate');

function toRequest(draft: Draft, readings: Readings): TokenValidateRequest {
  const json = jsonOf(draft, readings);
  const header = objectAt(json, 'header');
  const body = objectAt(json, 'body');
  const keyType = body?.['keyType'];
  const isOptionalText = optionalText(readings);
  return {
    operation: 'tokenValidate',
    urlRight: isUrlRight(draft),
    bodyReadable: draft.json !== undefined,
    contentTypeIsJson: isContentTypeAccepted(draft, readings),
    envelopeWhole: header !== undefined && body !== undefined,
    valuesAreStrings: FIELDS.every(({ name, location, required, mayBeNumber }) => {
      const value = (location === 'header' ? header : body)?.[name];
      if (mayBeNumber && typeof value === 'number') return readings['json-numbers'] !== 'refused';
      return required === true ? isText(value) : isOptionalText(value);
    }),
    version: textOf(header?.['version']),
    msgId: textOf(header?.['msgId']),
    sentAt: textOf(header?.['timestamp']),
    appId: textOf(header?.['appId']),
    token: textOf(body?.['token']),
    sign: textOf(body?.['sign']),
    expandParams: textOf(body?.['expandParams']),
    openType: textOf(body?.['openType']),
    requesterType: textOf(body?.['requesterType']),
    message: textOf(body?.['message']),
    keyType: keyType === '1' || keyType === 1 ? 'rsa' : 'hmac',
    phoneNum: textOf(body?.['phoneNum']),
  };
}

/** The document, 2.4. */
function render(request: TokenValidateRequest, inputs: RenderInputs): TokenValidateResponseWire {
  const { decision, readings, text, nowMs, taskId, accessToken } = inputs;
  const { resultCode, desc } = decision;
  const { message = '', expandParams, appId = '', msgId = '' } = request;
  const echoes = readings['verify-echo'] !== 'empty';
  const row = resultRow('tokenValidate', resultCode);
  const hasTaskId = row?.charged === true || readings['refusal-task-id'] !== 'absent';
  return {
    body: {
      message: echoes ? message : '',
      resultDesc: desc ?? (readings['verify-result-desc'] === 'code' ? resultCode : (text ?? row?.desc ?? '')),
      taskId: hasTaskId ? taskId : undefined,
      // JSON leaves out undefined fields.
      expandParams: echoes ? expandParams : undefined,
      accessToken,
    },
    header: { appId, msgId, resultCode, timestamp: formatTimestamp(nowMs) },
  };
}

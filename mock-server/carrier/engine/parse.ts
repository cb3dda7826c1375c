/** Parses a request in two steps: before the store is read, who calls; then the whole request, according to the app's readings. */

import type { Names } from './operations/operation.js';
import { moduleOf } from './operations/operations.js';
import type { Readings } from './readings.js';
import {
  type CarrierRequest,
  type Draft,
  type Exchange,
  isText,
  numbersAsTexts,
  parseBody,
  textOf,
} from './request.js';

export function parseDraft(exchange: Exchange): Draft {
  const { namesIn } = moduleOf(exchange.row.operation);
  const json = parseBody(exchange);
  const sent = namesIn(json);
  const { appId, msgId, token } = areTexts(sent) ? sent : namesIn(numbersAsTexts(exchange));
  return { exchange, json, appId: textOf(appId), msgId: textOf(msgId), token: textOf(token) };
}

function areTexts({ appId, msgId, token }: Names): boolean {
  return isText(appId) && isText(msgId) && isText(token);
}

export function toRequest(draft: Draft, readings: Readings): CarrierRequest {
  return moduleOf(draft.exchange.row.operation).toRequest(draft, readings);
}

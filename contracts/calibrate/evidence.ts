/** A request and its answer as they may be kept and shown: no secret, token, number or signature that could be used again. */

import type { WireRequest } from '../provider/subject.js';
import type { Provider } from '../provider/world.js';
import { type Redact, redactor } from '../report/redact.js';
import { cut } from '../report/text.js';

const LENGTH_MAX = 2000;
const REUSABLE = /("(?:sign|phoneNum)"\s*:\s*")[^"]*"/g;

/** @param tokens Live tokens that were presented: those of a real carrier have a form that no pattern covers. */
export function evidenceRedactor(provider: Provider, tokens: readonly string[]): Redact {
  const { secrets, phoneNumbers } = provider.hidden();
  const redact = redactor({ secrets: [...secrets, ...tokens], phoneNumbers });
  return (text) => cut(redact(text.replace(REUSABLE, '$1[hidden]"')), LENGTH_MAX);
}

export function requestText({ method, path, headers, body }: WireRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', body.toString()].join('\n');
}

/** The required shape of a response, from the document's tables 1.3 and 2.4. */
import { expect } from 'vitest';
import { type Endpoint, LOGIN, resultCodeOf } from './endpoints.js';

const TIME = expect.stringMatching(/^\d{17}$/);
const ID = expect.stringMatching(/^[0-9a-f]{32}$/);
const TEXT = expect.any(String);
const SOME_TEXT = expect.stringMatching(/./);

/** Expects compact JSON with the shape and a code of the operation. */
export function expectDocumentedAnswer(endpoint: Endpoint, text: string): void {
  const answer = JSON.parse(text);
  const code = resultCodeOf(text);
  expect(endpoint.codes).toContain(code);
  expect(text).toBe(JSON.stringify(answer));
  if (endpoint === LOGIN) expectLoginAnswer(answer, code);
  else expectVerifyAnswer(answer, code);
}

function expectLoginAnswer(answer: object, code: string): void {
  const optional = code === '103000' ? { msisdn: SOME_TEXT } : 'desc' in answer ? { desc: SOME_TEXT } : {};
  expect(answer).toEqual({ inresponseto: TEXT, resultCode: code, ...optional, systemtime: TIME, taskId: ID });
}

function expectVerifyAnswer(answer: { readonly body?: object }, code: string): void {
  const body = {
    message: TEXT,
    resultDesc: SOME_TEXT,
    taskId: ID,
    ...('expandParams' in Object(answer.body) && { expandParams: TEXT }),
    ...(code === '001' && 'accessToken' in Object(answer.body) && { accessToken: ID }),
  };
  expect(answer).toEqual({ body, header: { appId: TEXT, msgId: TEXT, resultCode: code, timestamp: TIME } });
}

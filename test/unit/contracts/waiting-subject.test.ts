/** A carrier that limits the rate: the kit waits, and does not judge what it still refuses. */
import { expect, test } from 'vitest';
import { waitingSubject } from '../../../contracts/kit/http.js';
import type { WireAnswer } from '../../../contracts/kit/wire.js';

const REQUEST = { method: 'POST', path: '/', headers: [], body: Buffer.from('{}') };
const OK: WireAnswer = { status: 200, headers: {}, body: '{}' };
const limited = (seconds: string): WireAnswer => ({
  status: 429,
  headers: { 'retry-after': seconds },
  body: '',
});

function subjectOf(answers: readonly WireAnswer[]) {
  const waits: number[] = [];
  const left = [...answers];
  const send = async () => left.shift() ?? OK;
  return { waits, subject: waitingSubject({ send }, async (ms) => void waits.push(ms)) };
}

test('it waits as long as the header says, and sends the request again', async () => {
  const { subject, waits } = subjectOf([limited('2'), limited('1'), OK]);
  expect(await subject.send(REQUEST)).toEqual(OK);
  expect(waits).toEqual([2000, 1000]);
});

test.each([
  { description: 'that does not end', answers: Array.from({ length: 9 }, () => limited('1')) },
  { description: 'of more than a minute', answers: [limited('61')] },
])('a limit $description is not judged', async ({ answers }) => {
  const { subject } = subjectOf(answers);
  await expect(subject.send(REQUEST)).rejects.toThrow(/not judged: HTTP 429 with Retry-After/);
});

test('429 without the header is a response', async () => {
  const plain = { ...limited('1'), headers: {} };
  const { subject, waits } = subjectOf([plain]);
  expect(await subject.send(REQUEST)).toEqual(plain);
  expect(waits).toEqual([]);
});

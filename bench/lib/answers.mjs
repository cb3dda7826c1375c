/** Checks before a measurement that the compared servers return the same bytes. */
import { request } from 'node:http';
import { withServer } from './contestants.mjs';

// Parts that differ in each response: ids, times, ciphertexts.
const VARYING = [
  [/"taskId":"[0-9a-f]{32}"/, '"taskId":"…"'],
  [/"(systemtime|timestamp)":"\d{17}"/, '"$1":"…"'],
  [/"msisdn":"[0-9A-F]{256}"/, '"msisdn":"…"'],
  [/X-Mock-Request-Id: \w{6}-[0-9a-f]{16}/, 'X-Mock-Request-Id: …'],
  [/Date: [^\n]+/, 'Date: …'],
];

export async function assertSameAnswers(contestants, workload, tokens) {
  const one = { ...workload, tokens: 1 };
  const answers = [];
  for (const contestant of contestants) {
    const answer = await withServer(contestant, async ({ url }) => {
      await contestant.prepare(url, one, tokens.slice(0, 1));
      return send(url + workload.path, workload.bodyOf(tokens[0]));
    });
    answers.push(VARYING.reduce((text, [pattern, mask]) => text.replace(pattern, mask), answer));
  }
  if (answers.some((answer) => answer !== answers[0])) throw new Error(`different responses:\n${answers.join('\n\n')}`);
  if (!answers[0].includes('X-Mock-Decided-By: allMet')) throw new Error(`not a success:\n${answers[0]}`);
}

/** Returns the status, the raw headers and the body. */
function send(url, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, async (res) => {
      const headers = res.rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\n`)).join('');
      const chunks = await res.toArray();
      resolve(`${res.statusCode}\n${headers}\n${Buffer.concat(chunks)}`);
    });
    sent.on('error', reject).end(body);
  });
}

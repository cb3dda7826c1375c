/** What has no place in an address, a header, or anywhere: they end in the logs of every machine on the way. */
import type { Evidence } from '../evidence.js';
import { bilingual, shown } from '../words.js';
import { eachRequest, type Problem } from './check.js';

/** Secrets by the names of their values, and what they are called. */
const SECRETS = [
  ['appSecret', 'APPSecret'],
  ['appKey', 'appKey'],
  ['appSignKey', 'CMPASSPORT_APP_SIGN_KEY'],
  ['appDecryptKey', 'CMPASSPORT_APP_DECRYPT_KEY'],
] as const;

function token(evidence: Evidence): readonly Problem[] {
  const { token: value } = evidence.world.values;
  return placesOf(evidence)
    .filter(({ text }) => value !== undefined && has(text, value))
    .map(({ about, text }) => ({
      about,
      expected: bilingual('no token: it stands in the body alone', '没有 token：它只应出现在请求体中'),
      received: shown(text),
    }));
}

function secrets(evidence: Evidence): readonly Problem[] {
  const places = [...placesOf(evidence), { about: 'body', text: evidence.request.body.toString() }];
  return places.flatMap(({ about, text }) =>
    secretsOf(evidence)
      .filter(([, value]) => has(text, value))
      .map(([name]) => ({
        about,
        expected: bilingual(`no ${name}: it is never sent`, `没有 ${name}：它从不发送`),
        // Not the text itself: a report would spread it further.
        received: bilingual('it stands there', '出现在此处'),
      })),
  );
}

function secretsOf({ world: { values } }: Evidence): readonly (readonly [name: string, value: string])[] {
  const secret = SECRETS.map(([name, title]) => [title, values[name] ?? ''] as const);
  return [...secret, ['plain phone number', values['phoneNumber'] ?? ''] as const].filter(([, value]) => value !== '');
}

interface Place {
  readonly about: string;
  readonly text: string;
}

function placesOf({ request }: Evidence): readonly Place[] {
  const headers = request.headers.map(([name, value]) => ({ about: `header ${name}`, text: value }));
  return [{ about: 'path', text: request.path }, ...headers];
}

/** As it is, or percent-encoded. */
function has(text: string, value: string): boolean {
  return text.includes(value) || text.includes(encodeURIComponent(value));
}

export const SENT_TOKEN_HIDDEN = eachRequest(token, []);
export const SENT_SECRETS_HIDDEN = eachRequest(secrets, []);

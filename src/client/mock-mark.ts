/** The mock's marks in tokens and responses. In production, the client refuses both. */
import { type ExchangeIdentity, MockError } from './errors.js';

const MOCK_HEADER = 'x-mock';

// A real token ends with 32 letters and digits. In one of 62^4 (14.8 million) tokens, they begin with these four letters.
const MOCK_TOKEN = /^STsid000000\d{13}MOCK[0-9A-Za-z]{28}$/;

const PRODUCTION_ADVICE = 'production: false accepts it, for tests only';

/** @throws MockError */
export function refuseMockToken({ operation, msgId, token }: ExchangeIdentity & { readonly token: string }): void {
  if (!MOCK_TOKEN.test(token)) return;
  throw new MockError({ operation, msgId, maybeSent: false, detail: `the token is from a mock; ${PRODUCTION_ADVICE}` });
}

/** @throws MockError */
export function refuseMockAnswer(exchange: ExchangeIdentity, header: (name: string) => string | undefined): void {
  if (header(MOCK_HEADER) === undefined) return;
  const { operation, msgId } = exchange;
  throw new MockError({
    operation,
    msgId,
    maybeSent: true,
    detail: `the response is from a mock; ${PRODUCTION_ADVICE}`,
  });
}

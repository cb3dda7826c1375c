/** The marks of a simulated carrier, which production refuses: in the tokens that it mints, and in its answers. */
import { type ExchangeIdentity, MockError } from './errors.js';

const MOCK_HEADER = 'x-mock';

// A genuine token ends with 32 letters and digits, which would have to begin with these four: one in 62^4, 14.8 million.
const MOCK_TOKEN = /^STsid000000\d{13}MOCK[0-9A-Za-z]{28}$/;

const ADVICE = 'set production: false where tests speak to it, and nowhere else';

/** @throws MockError */
export function refuseMockToken({ operation, msgId, token }: ExchangeIdentity & { readonly token: string }): void {
  if (!MOCK_TOKEN.test(token)) return;
  throw new MockError({ operation, msgId, maybeSent: false, detail: `the token was minted by a mock: ${ADVICE}` });
}

/** @throws MockError */
export function refuseMockAnswer(exchange: ExchangeIdentity, header: (name: string) => string | undefined): void {
  if (header(MOCK_HEADER) === undefined) return;
  const { operation, msgId } = exchange;
  throw new MockError({ operation, msgId, maybeSent: true, detail: `the answer is a mock's: ${ADVICE}` });
}

/** The tokens of web pages and mini-programs, and the userInformation that belongs to each. Observed in public material. */
import { md5Hex } from '../../../src/protocol/sign.js';
import type { Base62, TokenFormat } from './token-format.js';
import { SHORT_ID_LENGTH } from './token-format.js';

/** The prefix names the operator of the number. Only the rest of 中国移动's tokens is known. */
const OF_OPERATORS = /^(?:H5|CTH5|CUH5)/;
const PREFIX = 'H5HTTPS';
const TOKEN = /^H5HTTPS([0-9a-f]{64})$/;
const TAIL_BYTES = 32;
/** In hex, it marks a token of the mock; the short id of its app follows. */
const MARK = 'MOCK';
/** As the plug-in of mini-programs returns it: brand, version and system, then an MD5. */
const BROWSER = 'devtools%40%408.0.5%40%40iOS%2010.0.1%40%40';

export const H5_TOKENS: TokenFormat = {
  shape: { en: 'H5HTTPS, 64 lower-case hex digits', zh: 'H5HTTPS + 64 位小写十六进制' },
  product: { en: 'web pages and mini-programs (H5…, CTH5…, CUH5…)', zh: 'H5 页面和小程序（以 H5、CTH5、CUH5 开头）' },
  isWellFormed: (text) => OF_OPERATORS.test(text),
  beginning: OF_OPERATORS,
  format: (_, shortId, base62) => PREFIX + tailOf(shortId, base62).toString('hex'),
  shortIdOf: (token) => {
    const [, hex = ''] = TOKEN.exec(token) ?? [];
    const tail = Buffer.from(hex, 'hex').toString('latin1');
    return tail.startsWith(MARK) ? tail.slice(MARK.length, MARK.length + SHORT_ID_LENGTH) : undefined;
  },
  // One browser for each number.
  userInformationOf: (phoneNumber) => BROWSER + md5Hex(phoneNumber).toLowerCase(),
};

function tailOf(shortId: string, base62: Base62): Buffer {
  const head = MARK + shortId;
  return Buffer.from(head + base62(TAIL_BYTES - head.length), 'latin1');
}

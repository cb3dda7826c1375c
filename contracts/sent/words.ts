/** The texts of the consumer suite, in both languages. */
import type { Bilingual } from '../../src/text/bilingual.js';

export function bilingual(en: string, zh: string): Bilingual {
  return { en, zh };
}

const VARIABLE_NAMES = [
  'CMPASSPORT_BASE',
  'CMPASSPORT_OPERATION',
  'CMPASSPORT_APP_ID',
  'CMPASSPORT_APP_SECRET',
  'CMPASSPORT_APP_KEY',
  'CMPASSPORT_TOKEN',
  'CMPASSPORT_PHONE',
].join(', ');

/** The parts of a request, in reports. */
export const PARTS = {
  method: bilingual('method', '请求方法'),
  path: bilingual('path', '请求路径'),
  body: bilingual('body', '报文'),
} as const satisfies Readonly<Record<string, Bilingual>>;

export const TEXTS = {
  exitStatus: bilingual('exit status', '退出码'),
  calls: bilingual('calls', '调用次数'),
  end: bilingual('end of the command', '命令的结束方式'),
  byItself: bilingual('ends by itself', '自行结束'),
  believed: bilingual('0 (the response is accepted)', '0（采信该响应）'),
  anyOther: bilingual('not 0 (the response is not accepted)', '非 0（不采信该响应）'),
  noCall: bilingual(
    `0: the command made no call. It must read ${VARIABLE_NAMES}, call that address once, and end`,
    `0：命令没有调用。它要读取 ${VARIABLE_NAMES}，向这个地址调用一次，然后结束`,
  ),
  notReadable: bilingual(
    'the body is not a JSON object, see sent-json',
    '请求体不是 JSON 对象，见 sent-json',
  ),
  noMethod: bilingual('the capture has no method', '抓到的内容里没有请求方法'),
  noPath: bilingual('the capture has no address', '抓到的内容里没有请求地址'),
  noHeaders: bilingual('the capture has no headers', '抓到的内容里没有请求头'),
  noTime: bilingual(
    'the capture does not have the time when the request was sent',
    '抓到的内容里没有发送请求的时间',
  ),
  oneRequest: bilingual('needs more than one request', '要有两个以上的请求'),
  masked: bilingual(
    'a value that it needs is masked in the capture',
    '需要的值在抓到的内容里打了码',
  ),
  noToken: bilingual('the request has no readable token', '请求里没有能读出的 token'),
  noTokenTime: bilingual('the token does not contain its time', 'token 里没有签发时间'),
  noLedger: bilingual('needs the ledger of a mock', '需要模拟服务的话单'),
  onlyMd5: bilingual('applies only to requests signed with md5', '只针对以 md5 签名的请求'),
  onlyTheCarrier: bilingual(
    'needs the private key of 平台公钥, or the decision of a mock',
    '需要平台公钥对应的私钥，或模拟服务的判定结果',
  ),
  nothingSent: bilingual('the command sent no request to check', '命令没有发出可以检查的请求'),
} as const satisfies Readonly<Record<string, Bilingual>>;

export function fewTimes(min: number): Bilingual {
  return bilingual(`needs requests from ${min} different times`, `要有 ${min} 个不同时间的请求`);
}

export function overdue(limitMs: number): Bilingual {
  const seconds = limitMs / 1000;
  return bilingual(
    `still running after ${seconds} s, and killed`,
    `${seconds} 秒后仍在运行，已被终止`,
  );
}

export function couldNotStart(program: string, why: string): Bilingual {
  const quoted = JSON.stringify(program);
  const zh = why === 'ENOENT' ? '找不到命令' : '无法运行命令';
  return bilingual(`${quoted} could not be started (${why})`, `${zh} ${quoted}（${why}）`);
}

/** The flag and the environment variable of each value that the user provides. */
const GIVEN_BY: ReadonlyMap<string, string> = new Map([
  ['appId', '--app / CMPASSPORT_APP_ID'],
  ['appSecret', '--app / CMPASSPORT_APP_SECRET'],
  ['appKey', '--app / CMPASSPORT_APP_KEY'],
  ['appSignKey', '--app / CMPASSPORT_APP_SIGN_KEY'],
  ['phoneNumber', '--phone / CMPASSPORT_PHONE'],
]);

export function notGiven(...names: readonly string[]): Bilingual {
  const sources = names.map((name) => `${name} (${GIVEN_BY.get(name) ?? name})`);
  return bilingual(`needs ${sources.join(', ')}`, `需要提供 ${sources.join('、')}`);
}

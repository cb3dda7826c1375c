/** The meaning of each documented field of loginTokenValidate and tokenValidate, in the document's words if they are short. The document, 1.2 and 2.3. */

import type { Operation } from '../../src/protocol/operations.js';
import type { Bilingual } from '../../src/text/bilingual.js';

export interface FieldWords {
  readonly name: string;
  /** As in the operation's description. An object of the envelope is at the top level. */
  readonly location: string;
  readonly meaning: Bilingual;
}

export interface OperationWords {
  readonly name: Bilingual;
  /** The section of the document that describes the fields. */
  readonly section: string;
  readonly request: readonly FieldWords[];
  readonly answer: readonly FieldWords[];
}

const EXPAND_PARAMS: Bilingual = {
  en: 'Additional parameters: param1=value1|param2=value2, URL-encoded.',
  zh: '扩展参数，格式 param1=value1|param2=value2，以竖线 | 间隔，需 urlencode 编码。',
};
const TASK_ID: Bilingual = { en: 'The number of the call record (话单).', zh: '话单流水号。' };

const LOGIN: OperationWords = {
  name: { en: 'Get the phone number', zh: '获取手机号码' },
  section: '1.2',
  request: [
    top('version', { en: 'The interface version: 2.0.', zh: '接口版本号，填 2.0。' }),
    top('msgid', {
      en: 'A random string that identifies the request, 1 to 36 characters.',
      zh: '标识请求的随机数即可（1-36 位）。',
    }),
    top('systemtime', {
      en: 'The time when the request is sent, to the millisecond: 17 digits, such as 20121227180001165. Beijing time (observed).',
      zh: '请求消息发送的系统时间，精确到毫秒，共 17 位，格式：20121227180001165（用北京时间是公开资料可见的）。',
    }),
    top('strictcheck', {
      en: 'Send "0" for now. With "1", the server’s address is checked against the IP whitelist. This check will become mandatory.',
      zh: '暂时填写 "0"；填写 "1" 时，将对服务器IP白名单进行强校验（后续将强制要求）。',
    }),
    top('appid', { en: 'The app’s id in the developer portal.', zh: '业务在统一认证申请的应用 id。' }),
    top('expandparams', { en: 'Additional parameters.', zh: '扩展参数。' }),
    top('token', { en: 'The token from the SDK in the phone.', zh: '需要解析的凭证值，即 SDK 取到的 token。' }),
    top('sign', {
      en: 'MD5(appid + version + msgid + systemtime + strictcheck + token + APPSecret), as 32 upper-case hex digits. If encryptionalgorithm is "RSA": SHA256withRSA over appid + token with the private key of 应用公钥1, in hex. The + means concatenation; it is not a character.',
      zh: 'MD5(appid + version + msgid + systemtime + strictcheck + token + APPSecret)，输出 32 位大写字母；encryptionalgorithm 为 "RSA" 时，用应用公钥1 对应的私钥对 appid + token 签名（SHA256withRSA），再做 hex 编码。“+”为合并意思，不是字符。',
    }),
    top('encryptionalgorithm', {
      en: '"RSA" (recommended) selects RSA for the signature and for the number. Any other value selects MD5.',
      zh: '推荐使用。需要非对称加密时填写 "RSA"；不为 "RSA" 时执行 MD5 签名校验。',
    }),
  ],
  answer: [
    top('inresponseto', { en: 'The msgid of the request.', zh: '对应的请求消息中的 msgid。' }),
    top('systemtime', {
      en: 'The time when the response is sent: 17 digits. Beijing time (observed).',
      zh: '响应消息发送的系统时间，精确到毫秒，共 17 位（用北京时间是公开资料可见的）。',
    }),
    top('resultCode', { en: 'The result code. 103000 means success.', zh: '返回码，103000 为成功。' }),
    top('desc', {
      en: 'The reason for a refusal, in English. Not documented; public clients read it.',
      zh: '被拒的原因（英文）。文档没有写，有公开客户端会读取。',
    }),
    top('msisdn', {
      en: 'The phone number. If the request selects RSA, it is encrypted with 应用公钥2, in hex.',
      zh: '手机号码；加密方式为 RSA 时是用应用公钥2 加密的密文（hex），用对应的私钥解密。',
    }),
    top('taskId', TASK_ID),
  ],
};

const VERIFY: OperationWords = {
  name: { en: 'Verify the phone number', zh: '本机号码校验' },
  section: '2.3',
  request: [
    top('header', {
      en: 'The version, the request’s id, the time and the app’s id.',
      zh: '消息头：版本号、请求标识、时间、应用 ID。',
    }),
    inHeader('version', { en: 'The interface version: 1.0.', zh: '版本号，初始版本号 1.0，有升级后续调整。' }),
    inHeader('msgId', { en: 'A UUID that identifies the request.', zh: '使用 UUID 标识请求的唯一性。' }),
    inHeader('timestamp', {
      en: 'The time when the request is sent, to the millisecond: 17 digits, such as 20121227180001165. Beijing time (observed).',
      zh: '请求消息发送的系统时间，精确到毫秒，共 17 位，格式：20121227180001165（用北京时间是公开资料可见的）。',
    }),
    inHeader('appId', { en: 'The app’s id in the developer portal.', zh: '应用 ID。' }),
    top('body', {
      en: 'The number to verify, the token and the signature.',
      zh: '消息体：待校验的号码、token、签名。',
    }),
    inBody('openType', {
      en: 'The operator: 1 China Mobile, 2 China Unicom, 3 China Telecom, 0 unknown. Required if requesterType is 0.',
      zh: '运营商类型，1：移动；2：联通；3：电信；0：未知。requesterType 为 0 时必填。',
    }),
    inBody('requesterType', { en: 'The type of the requester: 0 app, 1 WAP.', zh: '请求方类型，0：APP；1：WAP。' }),
    inBody('message', {
      en: 'The caller’s own text, which is passed on to the notification interface. URL-encoded.',
      zh: '接入方预留参数，会透传给通知接口，需 urlencode 编码。',
    }),
    inBody('expandParams', EXPAND_PARAMS),
    inBody('keyType', {
      en: 'The algorithms. 0: SHA-256 for phoneNum and HMACSHA256 for sign. 1: RSA for both. If omitted, or with any other value: 0.',
      zh: '手机号码加密方式，0：phoneNum 采用 sha256，sign 采用 HMACSHA256；1：phoneNum 和 sign 均使用 RSA。不填或非 1、0 时按 0 处理。',
    }),
    inBody('phoneNum', {
      en: 'keyType 0: SHA-256 of phone number + appKey + timestamp, 64 upper-case hex digits. keyType 1: the same text, encrypted with 平台公钥. Never the plain number.',
      zh: 'keyType 为 0 时，是（待校验的手机号码 + appKey + timestamp）的 64 位 sha256 值，字母大写；为 1 时，是用平台公钥加密（手机号码 + appKey + timestamp）后的密文串。“+”为合并意思。',
    }),
    inBody('token', {
      en: 'The token from the SDK in the phone.',
      zh: '身份标识，字符串形式的 token，由 SDK 获取。',
    }),
    inBody('sign', {
      en: 'keyType 0: HMACSHA256(appId + msgId + phoneNum + timestamp + token + version) with the appKey as its key, 64 upper-case hex digits. keyType 1: MD5withRSA over the same string with the private key of 应用公钥1. The + means concatenation; it is not a character.',
      zh: 'keyType 为 0 时，HMACSHA256(appId + msgId + phoneNum + timestamp + token + version)，appKey 为密钥，输出 64 位大写字母；为 1 时，用应用公钥1 对应的私钥对同样的内容签名，算法 MD5withRSA。“+”为合并意思，不是字符。',
    }),
  ],
  answer: [
    top('header', {
      en: 'The request that the response belongs to, and the result code.',
      zh: '消息头：对应的请求、返回码。',
    }),
    inHeader('msgId', { en: 'The msgId of the request.', zh: '对应的请求消息中的 msgId。' }),
    inHeader('timestamp', {
      en: 'The time when the response is sent: 17 digits. Beijing time (observed).',
      zh: '响应消息发送的系统时间，精确到毫秒，共 17 位（用北京时间是公开资料可见的）。',
    }),
    inHeader('appId', { en: 'The app’s id.', zh: '应用 ID。' }),
    inHeader('resultCode', {
      en: 'The result code. 000: the number is the number of the SIM card. 001: it is not.',
      zh: '平台返回码，000 是本机号码，001 非本机号码。',
    }),
    top('body', {
      en: 'The description of the result, and the values returned with it.',
      zh: '消息体：返回码描述，以及随之返回的参数。',
    }),
    inBody('resultDesc', {
      en: 'The description of the result, as in the sample. The table calls it 平台返回码.',
      zh: '返回码的描述，与示例相同；参数表里写的是“平台返回码”。',
    }),
    inBody('message', {
      en: 'The message of the request (inferred). The document says that it is passed on to a notification interface (通知接口), and that it is URL-encoded here too.',
      zh: '接入方预留参数，会透传给通知接口，需 urlencode 编码。响应里的值就是请求里的 message（推断）。',
    }),
    inBody('accessToken', {
      en: '短验辅助凭证. Returned with 001 if the app has smsFallback. It works once, within five minutes. An SMS code does not prove that the number is the number of this phone (短验辅助校验无法保证校验的号码和本机号码一致).',
      zh: '使用短验辅助服务的凭证。返回码为 001、且该 appid 配置了短验辅助功能时返回；5 分钟内有效，只能用一次。注意：短验辅助校验无法保证校验的号码和本机号码一致。',
    }),
    inBody('expandParams', {
      en: 'The expandParams of the request (observed). The format in the document: param1=value1|param2=value2, URL-encoded.',
      zh: '扩展参数，格式 param1=value1|param2=value2，需 urlencode 编码。响应里的值就是请求里的 expandParams（公开资料可见）。',
    }),
    inBody('taskId', TASK_ID),
  ],
};

/** From public material. */
const H5: OperationWords = {
  name: { en: 'Get the phone number for a page or a mini-program', zh: 'H5、小程序获取手机号码' },
  section: 'observed',
  request: [
    inHttp('interfaceVersion', {
      en: 'The interface version: 1.0 or 2.0, as the page gave it to its SDK.',
      zh: '接口版本号，1.0 或 2.0，与页面传给 SDK 的一致。',
    }),
    inHttp('appId', { en: 'The app’s id in the developer portal.', zh: '应用 ID。' }),
    inHttp('traceId', { en: 'Identifies the request.', zh: '标识请求的随机数。' }),
    inHttp('timestamp', {
      en: 'The time when the request is sent: 17 digits, in Beijing time.',
      zh: '请求发送的时间，17 位，北京时间。',
    }),
    inHttp('businessType', { en: 'The product: 8 for one-tap login.', zh: '业务类型，一键登录填 8。' }),
    top('token', { en: 'The token from the SDK in the page.', zh: '页面 SDK 取到的 token。' }),
    top('sign', {
      en: 'SHA256withRSA over appId + traceId + timestamp + token + version with the private key of 应用公钥1, in hex. The + means concatenation; it is not a character.',
      zh: '用应用公钥1 对应的私钥对 appId + traceId + timestamp + token + version 签名（SHA256withRSA），再做 hex 编码。“+”为合并意思，不是字符。',
    }),
    top('userInformation', {
      en: 'The fingerprint of the browser, exactly as the SDK returned it, not URL-decoded.',
      zh: '浏览器指纹，原样传 SDK 返回的值，不要做 URL 解码。',
    }),
    top('expandParams', {
      en: 'Additional parameters: param1=value1|param2=value2, URL-encoded.',
      zh: '扩展参数，格式 param1=value1|param2=value2，需 urlencode 编码。',
    }),
  ],
  answer: [
    inHttp('appId', { en: 'The app’s id.', zh: '应用 ID。' }),
    inHttp('traceId', { en: 'The traceId of the request.', zh: '对应的请求消息中的 traceId。' }),
    inHttp('timestamp', { en: 'The time when the response is sent: 17 digits.', zh: '响应发送的时间，17 位。' }),
    top('resultCode', { en: 'The result code. 103000 means success.', zh: '返回码，103000 为成功。' }),
    top('desc', { en: 'The description of the code.', zh: '返回码描述。' }),
    top('serviceTime', { en: 'The time of the carrier: 17 digits.', zh: '平台处理时间，17 位。' }),
    top('data', { en: 'The number; a refusal has none.', zh: '号码；被拒时没有。' }),
    inData('msisdn', {
      en: 'The phone number: AES with the first 16 characters of the appKey, in Base64.',
      zh: '手机号码的密文：以 appKey 前 16 个字符为密钥做 AES 加密，Base64 编码。',
    }),
    inData('expandParams', {
      en: 'The expandParams of the request, or null.',
      zh: '请求里的 expandParams；没有时为 null。',
    }),
    inData('securityPhone', { en: 'The phone number without its middle four digits.', zh: '脱敏的手机号码。' }),
  ],
};

export const OPERATION_WORDS: Readonly<Record<Operation, OperationWords>> = {
  loginTokenValidate: LOGIN,
  tokenValidate: VERIFY,
  h5TokenValidate: H5,
};

function top(name: string, meaning: Bilingual): FieldWords {
  return { name, location: 'topLevel', meaning };
}

function inHeader(name: string, meaning: Bilingual): FieldWords {
  return { name, location: 'header', meaning };
}

function inBody(name: string, meaning: Bilingual): FieldWords {
  return { name, location: 'body', meaning };
}

function inHttp(name: string, meaning: Bilingual): FieldWords {
  return { name, location: 'httpHeader', meaning };
}

function inData(name: string, meaning: Bilingual): FieldWords {
  return { name, location: 'data', meaning };
}

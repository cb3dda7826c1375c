/** The meaning of each field of h5TokenValidate, from public material. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { FieldWords, OperationWords } from './field-words.js';

export const H5_WORDS: OperationWords = {
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

function inHttp(name: string, meaning: Bilingual): FieldWords {
  return { name, location: 'httpHeader', meaning };
}

function top(name: string, meaning: Bilingual): FieldWords {
  return { name, location: 'topLevel', meaning };
}

function inData(name: string, meaning: Bilingual): FieldWords {
  return { name, location: 'data', meaning };
}

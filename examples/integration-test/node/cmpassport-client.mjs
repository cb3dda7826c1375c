/** A client of the carrier's two operations. Run its tests: node --test integration.test.mjs */
import { createHash, createHmac, randomUUID } from 'node:crypto';

/** What to do about a refusal. All other codes need an engineer: configuration, contract or code. */
const ADVICE = [
  { advice: 'try again later', codes: ['103211', '002', '003', '999'] },
  { advice: 'get a new token', codes: ['103113', '103811', '104201', '606'] },
];

/** No usable response arrived. The carrier may have charged the call and consumed the token: never send it again. */
export class BrokenExchange extends Error {}

export class CmpassportClient {
  #settings;

  constructor(settings) {
    this.#settings = { base: 'https://www.cmpassport.com', timeoutMs: 5000, ...settings };
  }

  /** Calls loginTokenValidate. Returns { phoneNumber } or { refused, advice }. */
  async phoneNumberOf(token) {
    const { appId, appSecret } = this.#settings;
    const [msgid, systemtime] = [newMsgId(), beijingTime()];
    const sign = upperHex(
      createHash('md5').update(`${appId}2.0${msgid}${systemtime}0${token}${appSecret}`),
    );
    const request = {
      version: '2.0',
      msgid,
      systemtime,
      strictcheck: '0',
      appid: appId,
      token,
      sign,
    };
    const { resultCode, msisdn } = await this.#post('/unisdk/rsapi/loginTokenValidate', request);
    return resultCode === '103000' ? { phoneNumber: msisdn } : refusal(resultCode);
  }

  /** Calls tokenValidate. Returns { ownNumber, accessToken } or { refused, advice }. */
  async isNumberOf(token, phoneNumber) {
    const { appId, appKey } = this.#settings;
    const [msgId, timestamp] = [newMsgId(), beijingTime()];
    const phoneNum = upperHex(createHash('sha256').update(`${phoneNumber}${appKey}${timestamp}`));
    const sign = upperHex(
      createHmac('sha256', appKey).update(`${appId}${msgId}${phoneNum}${timestamp}${token}1.0`),
    );
    const { resultCode, accessToken } = await this.#post('/openapi/rs/tokenValidate', {
      header: { version: '1.0', msgId, timestamp, appId },
      body: { openType: '1', requesterType: '0', keyType: '0', phoneNum, token, sign },
    });
    if (resultCode === '000') return { ownNumber: true };
    return resultCode === '001' ? { ownNumber: false, accessToken } : refusal(resultCode);
  }

  /** Sends once. Do not add a retry: a token works once, and success is charged. */
  async #post(path, request) {
    const { base, timeoutMs } = this.#settings;
    try {
      const response = await fetch(base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
      return flat(await response.json());
    } catch (cause) {
      throw new BrokenExchange(`no usable response from ${path}`, { cause });
    }
  }
}

/** tokenValidate has its fields in header and body, loginTokenValidate at the top level. */
function flat({ header, body, ...rest }) {
  const fields = { ...rest, ...header, ...body };
  if (typeof fields.resultCode !== 'string') throw new Error('no resultCode');
  return fields;
}

function refusal(resultCode) {
  const row = ADVICE.find(({ codes }) => codes.includes(resultCode));
  return { refused: resultCode, advice: row?.advice ?? 'call an engineer' };
}

function upperHex(hash) {
  return hash.digest('hex').toUpperCase();
}

/** 32 characters. The document allows up to 36. */
function newMsgId() {
  return randomUUID().replaceAll('-', '');
}

/** yyyyMMddHHmmssSSS: the digits of 2026-11-25 09:36:19,762. */
function beijingTime() {
  const twoDigits = Object.fromEntries(
    ['month', 'day', 'hour', 'minute', 'second'].map((part) => [part, '2-digit']),
  );
  const format = {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    ...twoDigits,
    fractionalSecondDigits: 3,
  };
  return new Intl.DateTimeFormat('sv-SE', format).format().replace(/\D/g, '');
}

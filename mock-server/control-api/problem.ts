/** Errors of the control API as application/problem+json (RFC 9457). */
import type { ValidateFunction } from 'ajv';
import { type Bilingual, joinedChinese, type Language } from '../../src/text/bilingual.js';
import { AppRemovedError } from '../carrier/apps/apps.js';
import type { Log } from '../carrier/log.js';
import { INVALID_REQUEST } from '../carrier/reply.js';
import { StoreUnavailableError } from '../carrier/store/state-store.js';
import { schemaProblem } from '../schemas/schema-problem.js';
import { type ControlAnswer, PROTECTION } from './control-exchange.js';

const TITLES: Readonly<Record<number, Bilingual>> = {
  400: INVALID_REQUEST,
  401: { en: 'Control token needed', zh: '需要控制令牌' },
  403: { en: 'Forbidden', zh: '拒绝访问' },
  404: { en: 'Not found', zh: '不存在' },
  409: { en: 'Conflict', zh: '冲突' },
  413: { en: 'Too large', zh: '请求体太大' },
  415: { en: 'Unsupported encoding', zh: '不支持的编码' },
  500: { en: 'Internal error', zh: '内部错误' },
  501: { en: 'Not implemented', zh: '不支持' },
  503: { en: 'Unavailable', zh: '服务不可用' },
};
const OTHER_TITLE: Bilingual = { en: 'Error', zh: '错误' };

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly detail: Bilingual;
  readonly pointer: string | undefined;

  constructor(status: number, detail: Bilingual, pointer?: string) {
    super(detail.en);
    this.status = status;
    this.detail = detail;
    this.pointer = pointer;
  }
}

/** Returns the body if it fits the schema. Throws a Problem. */
export function checked(validate: ValidateFunction, body: unknown): unknown {
  const problem = schemaProblem(validate, body);
  if (problem !== undefined) throw invalid(problem.pointer, problem.detail);
  return body;
}

/** @param pointer a JSON Pointer to the field */
export function invalid(pointer: string, detail: Bilingual): Problem {
  const about = pointer === '' ? { en: 'the body', zh: '请求体' } : { en: pointer, zh: pointer };
  return new Problem(400, { en: `${about.en} ${detail.en}`, zh: joinedChinese(about.zh, detail.zh) }, pointer);
}

export function unreadable(status: number, reason: Bilingual): Problem {
  return new Problem(status, { en: `the request cannot be read: ${reason.en}`, zh: `无法读取请求：${reason.zh}` }, '');
}

export function unknownApp(appId: string): Problem {
  const id = JSON.stringify(appId);
  return new Problem(404, {
    en: `app ${id} not found: create it with POST /_mock/apps, or list the apps with GET /_mock/apps`,
    zh: `没有应用 ${id}：用 POST /_mock/apps 创建，用 GET /_mock/apps 查看已有的应用`,
  });
}

export function unknownRequest(id: string): Problem {
  const quoted = JSON.stringify(id);
  return new Problem(404, {
    en: `request ${quoted} not found in the journal: it was removed, or never existed`,
    zh: `请求记录里没有 ${quoted}：已被清除，或从来没有`,
  });
}

/** @param language the language of `title` and `detail` */
export function problemAnswer({ status, detail, pointer }: Problem, language: Language): ControlAnswer {
  return {
    status,
    headers: {
      ...PROTECTION,
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      'Content-Type': 'application/problem+json; charset=utf-8',
    },
    body: JSON.stringify({
      type: 'about:blank',
      title: (TITLES[status] ?? OTHER_TITLE)[language],
      status,
      detail: detail[language],
      pointer,
    }),
  };
}

/** Turns any error into a problem. An unexpected error is a 500, and its stack is logged. */
export function toProblem(error: unknown, log: Log): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof AppRemovedError) return unknownApp(error.appId);
  if (error instanceof StoreUnavailableError) return new Problem(503, error.words);
  // The router throws this for a path that is not UTF-8.
  const { status = 500, message = '' } = error as Partial<Problem>;
  if (status < 500) return unreadable(status, { en: message, zh: message });
  const cause = error instanceof Error ? error.stack : String(error);
  log.error({ en: `the control API failed: ${cause}`, zh: `控制接口出错：${cause}` });
  return new Problem(500, {
    en: 'unexpected error on the server: see its log',
    zh: '模拟服务内部出错，原因见日志',
  });
}

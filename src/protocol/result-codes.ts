/** Every documented result code, in the order of the document: 1.4 for login, 2.5 for verify. */
import type { Operation } from './operations.js';

export interface ResultRow {
  readonly code: string;
  readonly name: string;
  /** The document's words without its remarks in brackets; our words for a code that it does not list. */
  readonly desc: string;
  /** Plain English without comma or quote. loginTokenValidate sends it as the undocumented `desc`. */
  readonly descEn: string;
  /** Documented for 000 and 001 (纳入计费次数); inferred for every other code. */
  readonly charged: boolean;
}

/** The document, 1.4. */
export const LOGIN_TOKEN_VALIDATE_RESULTS = [
  { code: '103000', name: 'SUCCESS', desc: '返回成功', descEn: 'success', charged: true },
  { code: '103101', name: 'SIGN_INVALID', desc: '签名错误', descEn: 'sign error', charged: false },
  { code: '103113', name: 'TOKEN_MALFORMED', desc: 'token格式错误', descEn: 'token format error', charged: false },
  { code: '103119', name: 'APP_UNKNOWN', desc: 'appid不存在', descEn: 'appid does not exist', charged: false },
  { code: '103133', name: 'SOURCE_ID_INVALID', desc: 'sourceid不合法', descEn: 'sourceid is invalid', charged: false },
  { code: '103211', name: 'OTHER_ERROR', desc: '其他错误', descEn: 'other error', charged: false },
  { code: '103412', name: 'REQUEST_INVALID', desc: '无效的请求', descEn: 'invalid request', charged: false },
  {
    code: '103414',
    name: 'PARAMETER_INVALID',
    desc: '参数校验异常',
    descEn: 'parameter validation failed',
    charged: false,
  },
  {
    code: '103511',
    name: 'IP_NOT_LISTED',
    desc: '请求ip不在社区配置的服务器白名单内',
    descEn: 'request ip is not in the server whitelist',
    charged: false,
  },
  { code: '103811', name: 'TOKEN_EMPTY', desc: 'token为空', descEn: 'token is empty', charged: false },
  {
    code: '104201',
    name: 'TOKEN_DEAD',
    desc: 'token失效或不存在',
    descEn: 'token is invalid or does not exist',
    charged: false,
  },
  {
    code: '105018',
    name: 'TOKEN_OF_OTHER_CAPABILITY',
    desc: '用户权限不足',
    descEn: 'insufficient user permission',
    charged: false,
  },
  { code: '105019', name: 'APP_NOT_AUTHORISED', desc: '应用未授权', descEn: 'app is not authorized', charged: false },
  { code: '105312', name: 'CALLS_USED_UP', desc: '套餐已用完', descEn: 'package is used up', charged: false },
  { code: '105313', name: 'ILLEGAL_REQUEST', desc: '非法请求', descEn: 'illegal request', charged: false },
] as const satisfies readonly ResultRow[];

/** The document, 2.5. */
export const TOKEN_VALIDATE_RESULTS = [
  { code: '000', name: 'OWN_NUMBER', desc: '是本机号码', descEn: 'own number', charged: true },
  { code: '001', name: 'NOT_OWN_NUMBER', desc: '非本机号码', descEn: 'not own number', charged: true },
  { code: '002', name: 'NUMBER_NOT_OBTAINED', desc: '取号失败', descEn: 'number not obtained', charged: false },
  {
    code: '003',
    name: 'TOKEN_SERVICE_DOWN',
    desc: '调用内部token校验接口失败',
    descEn: 'internal token check failed',
    charged: false,
  },
  { code: '004', name: 'PHONE_NUM_INVALID', desc: '加密手机号码错误', descEn: 'phoneNum error', charged: false },
  { code: '102', name: 'PARAMETER_INVALID', desc: '参数无效', descEn: 'invalid parameter', charged: false },
  { code: '124', name: 'IP_NOT_LISTED', desc: '白名单校验失败', descEn: 'whitelist check failed', charged: false },
  { code: '302', name: 'SIGN_INVALID', desc: 'sign校验失败', descEn: 'sign check failed', charged: false },
  { code: '303', name: 'REQUEST_UNREADABLE', desc: '参数解析错误', descEn: 'parameter parse error', charged: false },
  { code: '606', name: 'TOKEN_INVALID', desc: '验证Token失败', descEn: 'token check failed', charged: false },
  { code: '999', name: 'SYSTEM_ERROR', desc: '系统异常', descEn: 'system error', charged: false },
  {
    code: '103420',
    name: 'NO_PERMISSION',
    desc: '本机号码校验能力使用权限不足',
    descEn: 'no permission for number verification',
    charged: false,
  },
] as const satisfies readonly ResultRow[];

/**
 * Codes for used-up calls at tokenValidate, returned only if `verify-quota-code` selects them: the document's list for
 * tokenValidate has neither. 102315 was seen until 2019, and its words are ours; 105312 is in the list for
 * loginTokenValidate.
 */
export const UNLISTED_TOKEN_VALIDATE_RESULTS = [
  { code: '102315', name: 'CALLS_USED_UP', desc: '次数已用完', descEn: 'calls are used up', charged: false },
  { code: '105312', name: 'CALLS_USED_UP', desc: '套餐已用完', descEn: 'package is used up', charged: false },
] as const satisfies readonly ResultRow[];

export type LoginTokenValidateResultCode = (typeof LOGIN_TOKEN_VALIDATE_RESULTS)[number]['code'];
export type TokenValidateResultCode = (typeof TOKEN_VALIDATE_RESULTS)[number]['code'];

/** The documented codes of an operation. */
export const RESULTS: Readonly<Record<Operation, readonly ResultRow[]>> = {
  loginTokenValidate: LOGIN_TOKEN_VALIDATE_RESULTS,
  tokenValidate: TOKEN_VALIDATE_RESULTS,
};

const ROWS: Readonly<Record<Operation, ReadonlyMap<string, ResultRow>>> = {
  loginTokenValidate: byCode(LOGIN_TOKEN_VALIDATE_RESULTS),
  tokenValidate: byCode([...TOKEN_VALIDATE_RESULTS, ...UNLISTED_TOKEN_VALIDATE_RESULTS]),
};

function byCode(rows: readonly ResultRow[]): ReadonlyMap<string, ResultRow> {
  return new Map(rows.map((row) => [row.code, row]));
}

const DOCUMENTED: ReadonlySet<string> = new Set(Object.values(RESULTS).flatMap((rows) => rows.map(({ code }) => code)));

/** True for a code that is not one of the document's 27, whichever the operation; false without a code. */
export function isUndocumented(code: string | undefined): boolean {
  return code !== undefined && !DOCUMENTED.has(code);
}

/** undefined if the operation does not have the code. */
export function resultRow(operation: Operation, code: string): ResultRow | undefined {
  return ROWS[operation].get(code);
}

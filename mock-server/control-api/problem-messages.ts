/**
 * The problems of the control API. The id of a problem is public, and never changes. Those of values are
 * in schemas/value-messages.ts.
 */
import type { Bilingual } from '../../src/text/bilingual.js';
import { catalogue, type Message } from '../../src/text/catalogue.js';
import { INVALID_REQUEST } from '../carrier/reply.js';

export interface ProblemRow extends Message {
  readonly status: number;
  /** A JSON Pointer to the field; '' for the body. */
  readonly pointer?: string;
}

export const PROBLEM_MESSAGES = catalogue({
  'app.exists': {
    status: 409,
    pointer: '/appId',
    en: 'app {"app"} already exists: PATCH changes it, after DELETE it can be created again, or use another appId',
    zh: '应用 {"app"} 已存在：修改用 PATCH，重建请先 DELETE，或换一个 appId',
  },
  'app.not-found': {
    status: 404,
    en: 'app {"app"} not found: create it with POST /_mock/apps, or list the apps with GET /_mock/apps',
    zh: '没有应用 {"app"}：用 POST /_mock/apps 创建，用 GET /_mock/apps 查看已有的应用',
  },
  'apps.too-many': {
    status: 409,
    en: 'there are already {max} apps: DELETE the ones that are no longer used',
    zh: '已有 {max} 个应用：请用 DELETE 删除不用的',
  },
  'access.host': {
    status: 403,
    en: 'the control API does not accept the Host {"host"}: call it by an address, or start the server with --allow-host (allowHosts) and that name',
    zh: '控制接口不接受 Host {"host"}：请用 IP 地址访问，或启动时用 --allow-host（allowHosts）加上这个域名',
  },
  'access.page': {
    status: 403,
    en: '{page} may not use the control API: use the console, or a program that is not a web page',
    zh: '{page}不能调用控制接口：请用控制台，或用网页以外的程序调用',
  },
  'access.server-token': {
    status: 401,
    en: 'this call requires the server\'s control token: send it as "Authorization: Bearer <token>"',
    zh: '这个调用需要模拟服务的控制令牌：请放在请求头 "Authorization: Bearer <token>" 里',
  },
  'access.app-token': {
    status: 401,
    en: 'this call requires the control token of the server or of the app that it names: send it as "Authorization: Bearer <token>"',
    zh: '这个调用需要模拟服务或该应用的控制令牌：请放在请求头 "Authorization: Bearer <token>" 里',
  },
  'access-token.not-found': {
    status: 404,
    en: 'app {"app"} has no accessToken {"accessToken"}',
    zh: '应用 {"app"} 没有 accessToken {"accessToken"}',
  },
  'access-token.redeemed': {
    status: 409,
    en: 'accessToken {"accessToken"} is redeemed: it works once, for five minutes',
    zh: 'accessToken {"accessToken"} 已用掉：五分钟内有效，只能用一次',
  },
  'access-token.expired': {
    status: 409,
    en: 'accessToken {"accessToken"} is expired: it works once, for five minutes',
    zh: 'accessToken {"accessToken"} 已过期：五分钟内有效，只能用一次',
  },
  'body.too-large': {
    status: 413,
    pointer: '',
    en: 'the request cannot be read: the body is too large: at most {max} bytes are allowed',
    zh: '无法读取请求：请求体太大，最多 {max} 字节',
  },
  'body.encoding': {
    status: 415,
    pointer: '',
    en: 'the request cannot be read: unsupported content encoding {"encoding"}',
    zh: '无法读取请求：不支持的 Content-Encoding {"encoding"}',
  },
  'body.charset': {
    status: 415,
    pointer: '',
    en: 'the request cannot be read: unsupported charset {"charset"}',
    zh: '无法读取请求：不支持的字符集 {"charset"}',
  },
  'body.not-json': {
    status: 400,
    pointer: '',
    en: 'the request cannot be read: the body is not JSON ({mistake}), found {"found"}',
    zh: '无法读取请求：请求体不是 JSON（{mistake}），实际为 {"found"}',
  },
  'call.not-found': {
    status: 404,
    en: 'the control API has no {call}: GET /_mock/openapi.json describes its calls',
    zh: '控制接口没有 {call}：全部调用见 GET /_mock/openapi.json',
  },
  'ca.not-found': {
    status: 404,
    en: 'this server has no local CA: HTTPS is off (--https-port), or it uses your own certificate (--tls-cert)',
    zh: '没有本地 CA：没有开启 HTTPS（--https-port），或用了自备证书（--tls-cert）',
  },
  'console.file-not-found': {
    status: 404,
    en: 'the console has no file {"file"}',
    zh: '控制台没有文件 {"file"}',
  },
  'console.not-built': {
    status: 404,
    en: 'this build does not contain the console: its files must be in dist/console, next to the server',
    zh: '没有构建控制台：dist 里应有 console 目录',
  },
  'events.too-many': {
    status: 503,
    en: 'there are already {max} event streams: close some',
    zh: '已有 {max} 个事件连接：请先关闭一些',
  },
  'number.wrong': {
    status: 400,
    en: 'the number in the path must be {due}, found {"found"}',
    zh: '路径里的号码应为{due}，实际为 {"found"}',
  },
  'numbers.too-many': {
    status: 409,
    en: '{max} numbers of the app already have scripts: DELETE the ones that are no longer used',
    zh: '该应用已有 {max} 个号码设了脚本：请用 DELETE 删除不用的',
  },
  'operation.not-found': {
    status: 404,
    en: 'unknown operation {"operation"}: use {known}',
    zh: '没有接口 {"operation"}：可用 {known}',
  },
  'path.control-elsewhere': {
    // It does not name the other port: the control API may be there so that clients of this port cannot find it.
    status: 404,
    en: 'the control API is not on this port: the server was started with a separate control port',
    zh: '控制接口不在这个端口：启动时指定了单独的端口',
  },
  'path.not-found': {
    status: 404,
    en: '{found}: the carrier serves {calls}{more}',
    zh: '{found}：模拟接口是 {calls}{more}',
  },
  'request.not-found': {
    status: 404,
    en: 'request {"id"} not found in the journal: it was removed, or never existed',
    zh: '请求记录里没有 {"id"}：已被清除，或从来没有',
  },
  'request.unreadable': {
    status: 400,
    pointer: '',
    en: 'the request cannot be read: {reason}',
    zh: '无法读取请求：{reason}',
  },
  'server.error': {
    status: 500,
    en: 'unexpected error on the server: see its log',
    zh: '模拟服务内部出错，原因见日志',
  },
  'server.stopping': { status: 503, en: 'the server is stopping', zh: '模拟服务正在停止' },
  'snapshot.not-found': {
    status: 404,
    en: 'app {"app"} has no snapshot {"snapshot"}: the latest ten are kept',
    zh: '应用 {"app"} 没有快照 {"snapshot"}：只保留最近十个',
  },
  'snapshots.not-supported': {
    status: 501,
    en: 'this store does not support snapshots: use the memory store',
    zh: '当前的状态存储不支持快照：请用内存存储',
  },
  'store.not-writable': {
    status: 503,
    en: 'the store is unreachable or refuses writes: the log has the reason',
    zh: '状态存储连不上或拒绝写入，原因见日志',
  },
  'store.unavailable': { status: 503, en: '{reason}', zh: '{reason}' },
  'token.exists': {
    status: 409,
    pointer: '/token',
    en: 'token {"token"} already exists: omit "token" to generate one',
    zh: 'token {"token"} 已经存在：去掉 "token" 会生成新的',
  },
  'token.not-found': {
    status: 404,
    en: 'app {"app"} has no token {"token"}',
    zh: '应用 {"app"} 没有 token {"token"}',
  },
} as const satisfies Readonly<Record<string, ProblemRow>>);

/** About one field: the text follows its name. */
export const FIELD_MESSAGES = catalogue({
  'app.id-fixed': { en: 'cannot be changed: omit it', zh: '不能修改：请去掉这个字段' },
  'app.team-token': {
    en: 'cannot be set: an app of the team {"team"} has the control token of the team. Omit it',
    zh: '不能设置：团队 {"team"} 的应用使用团队的控制令牌，请去掉这个字段',
  },
  'query.repeated': {
    en: 'must be given once, found {"found"}',
    zh: '只能出现一次，实际为 {"found"}',
  },
  'query.unknown': {
    en: 'is not a query parameter of this call, which has {known}',
    zh: '不是这个调用的查询参数，可用的有 {known}',
  },
  'query.count': {
    en: 'must be a whole number from 1 to {max}, found {"found"}',
    zh: '应为 1–{max} 的整数，实际为 {"found"}',
  },
  'query.finding': {
    en: 'must be the id of a finding, found {"found"}{hint}',
    zh: '应为已知错误的 id，实际为 {"found"}{hint}',
  },
  'signing.sign-given': { en: 'is generated and cannot be set', zh: '由模拟服务生成，不能指定' },
  'signing.mode': {
    en: 'does not match signing {"signing"}, found {"found"}',
    zh: '与 signing {"signing"} 不符，实际为 {"found"}',
  },
  'signing.key-missing': {
    en: 'is missing: signing "rsa" requires the private key of 应用公钥1, PKCS#8 in Base64',
    zh: '缺失：signing 为 "rsa" 时要给出应用公钥1 对应的私钥，PKCS#8 的 Base64',
  },
  'signing.no-verify-key': {
    en: 'cannot be checked: the app has no appVerifyKey (应用公钥1), so the request would be refused',
    zh: '无法验签，请求会被拒：应用没有报备 appVerifyKey（应用公钥1）',
  },
  'signing.other-key': {
    en: "is not the private key of the app's appVerifyKey (应用公钥1): the request would be refused",
    zh: '不是应用的 appVerifyKey（应用公钥1）对应的私钥：请求会被拒',
  },
  'signing.no-number': {
    en: 'is required: the app has no token {"token"}, so the number is unknown',
    zh: '缺失：应用没有 token {"token"}，不知道手机号码',
  },
  'signing.too-long': {
    en: '"rsa" cannot encrypt phone number, appKey and timestamp: they have {bytes} bytes, and 平台公钥 can encrypt at most {max}',
    zh: '为 "rsa" 时无法加密手机号码、appKey 和 timestamp：共 {bytes} 字节，平台公钥最多能加密 {max} 字节',
  },
  'whitelist.client-ip': {
    en: 'must be an IPv4 or IPv6 address, found {"found"}',
    zh: '应为 IPv4 或 IPv6 地址，实际为 {"found"}',
  },
});

/** By status. */
export const PROBLEM_TITLES: Readonly<Record<number, Bilingual>> = {
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
export const OTHER_TITLE: Bilingual = { en: 'Error', zh: '错误' };

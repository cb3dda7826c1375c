/** tokenValidate: checks whether a number is the token's. The document, 2. */
import type { OperationDescription } from './description.js';

const SIGNED = ['appId', 'msgId', 'phoneNum', 'sentAt', 'token', 'version'] as const;

export const TOKEN_VALIDATE = {
  operation: 'tokenValidate',
  capability: 'tokenValidate',
  basis: 'documented',
  hosts: ['www.cmpassport.com'],
  path: '/openapi/rs/tokenValidate',
  prefix: '/openapi/',
  version: '1.0',
  // The document, 2.3.
  fields: [
    { name: 'version', location: 'header', property: 'version', required: true, values: ['1.0'] },
    { name: 'msgId', location: 'header', property: 'msgId', required: true, format: 'msgId' },
    {
      name: 'timestamp',
      location: 'header',
      property: 'sentAt',
      required: true,
      format: 'timestamp',
    },
    { name: 'appId', location: 'header', property: 'appId', required: true },
    {
      name: 'openType',
      location: 'body',
      property: 'openType',
      required: { property: 'requesterType', value: '0' },
      values: ['0', '1', '2', '3'],
    },
    {
      name: 'requesterType',
      location: 'body',
      property: 'requesterType',
      required: true,
      values: ['0', '1'],
    },
    {
      name: 'message',
      location: 'body',
      property: 'message',
      required: false,
      format: 'urlEncoded',
    },
    {
      name: 'expandParams',
      location: 'body',
      property: 'expandParams',
      required: false,
      format: 'urlEncoded',
    },
    // An absent keyType, and any value except 1, means 0: every text is valid.
    { name: 'keyType', location: 'body', property: 'keyType', required: false, mayBeNumber: true },
    {
      name: 'phoneNum',
      location: 'body',
      property: 'phoneNum',
      required: true,
      format: 'phoneNum',
    },
    { name: 'token', location: 'body', property: 'token', required: true, format: 'token' },
    { name: 'sign', location: 'body', property: 'sign', required: true },
  ],
  // The document, 2.3 phoneNum.
  numberSecret: 'appKey',
  // The document, 2.3 sign and keyType.
  signings: [
    {
      name: 'hmac',
      algorithm: 'HMACSHA256',
      joined: SIGNED,
      // Independent of 验签方式.
      key: { by: 'hmac', digest: 'SHA256', secret: 'appKey', caseReading: 'verify-hex-case' },
    },
    {
      name: 'rsa',
      algorithm: 'MD5withRSA',
      joined: SIGNED,
      key: { by: 'rsa', digest: 'RSA-MD5', encoding: 'base64', publicKeys: ['appVerifyKey'] },
      selectedBy: { property: 'keyType', value: '1' },
    },
  ],
  // The document, 2.4: body first.
  reply: [
    { name: 'message', location: 'body', property: 'message' },
    { name: 'resultDesc', location: 'body', property: 'text' },
    { name: 'taskId', location: 'body', property: 'taskId' },
    { name: 'expandParams', location: 'body', property: 'expandParams' },
    { name: 'accessToken', location: 'body', property: 'accessToken' },
    { name: 'appId', location: 'header', property: 'appId' },
    { name: 'msgId', location: 'header', property: 'msgId' },
    { name: 'resultCode', location: 'header', property: 'resultCode' },
    { name: 'timestamp', location: 'header', property: 'sentAt' },
  ],
  // The document, 2.5.
  results: [
    { code: '000', name: 'OWN_NUMBER', desc: '是本机号码', descEn: 'own number', charged: true },
    {
      code: '001',
      name: 'NOT_OWN_NUMBER',
      desc: '非本机号码',
      descEn: 'not own number',
      charged: true,
      // The document allows the SMS code (短验辅助), with an accessToken if the app has that capability.
      next: 'fallBackToSms',
    },
    {
      code: '002',
      name: 'NUMBER_NOT_OBTAINED',
      desc: '取号失败',
      descEn: 'number not obtained',
      charged: false,
      // The operator of this SIM card or network returns no number, and another token does not change the network.
      next: 'fallBackToSms',
    },
    {
      code: '003',
      name: 'TOKEN_SERVICE_DOWN',
      desc: '调用内部token校验接口失败',
      descEn: 'internal token check failed',
      charged: false,
      // An internal service of the carrier does not respond.
      next: 'retryLater',
    },
    {
      code: '004',
      name: 'PHONE_NUM_INVALID',
      desc: '加密手机号码错误',
      descEn: 'phoneNum error',
      charged: false,
      // The hash or ciphertext is ours, so 平台公钥 or the appKey differs from the portal's.
      next: 'fixConfiguration',
    },
    {
      code: '102',
      name: 'PARAMETER_INVALID',
      desc: '参数无效',
      descEn: 'invalid parameter',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '124',
      name: 'IP_NOT_LISTED',
      desc: '白名单校验失败',
      descEn: 'whitelist check failed',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '302',
      name: 'SIGN_INVALID',
      desc: 'sign校验失败',
      descEn: 'sign check failed',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '303',
      name: 'REQUEST_UNREADABLE',
      desc: '参数解析错误',
      descEn: 'parameter parse error',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '606',
      name: 'TOKEN_INVALID',
      desc: '验证Token失败',
      descEn: 'token check failed',
      charged: false,
      // Expired, used, unknown, or for another app or capability: the code does not distinguish them.
      next: 'getNewToken',
    },
    {
      code: '999',
      name: 'SYSTEM_ERROR',
      desc: '系统异常',
      descEn: 'system error',
      charged: false,
      next: 'retryLater',
    },
    {
      code: '103420',
      name: 'NO_PERMISSION',
      desc: '本机号码校验能力使用权限不足',
      descEn: 'no permission for number verification',
      charged: false,
      // If the app worked before, its calls may be used up (inferred). If it never worked, the capability is not enabled
      // at the portal, and the step would be fixConfiguration. The response does not distinguish the two.
      next: 'contactCarrier',
    },
  ],
  // For used-up calls, if `verify-quota-code` selects them. 102315 was seen until 2019, and its words are ours; 105312 is
  // in the list for loginTokenValidate.
  unlistedResults: [
    {
      code: '102315',
      name: 'CALLS_USED_UP',
      desc: '次数已用完',
      descEn: 'calls are used up',
      charged: false,
    },
    {
      code: '105312',
      name: 'CALLS_USED_UP',
      desc: '套餐已用完',
      descEn: 'package is used up',
      charged: false,
    },
  ],
} as const satisfies OperationDescription;

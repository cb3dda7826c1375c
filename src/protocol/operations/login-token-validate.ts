/** loginTokenValidate: exchanges a token for its phone number. The document, 1. */
import { type OperationDescription, SECRET } from './description.js';

export const LOGIN_TOKEN_VALIDATE = {
  operation: 'loginTokenValidate',
  capability: 'loginTokenValidate',
  basis: 'documented',
  // The second was seen in older clients.
  hosts: ['www.cmpassport.com', 'onekey2.cmpassport.com'],
  path: '/unisdk/rsapi/loginTokenValidate',
  prefix: '/unisdk/',
  version: '2.0',
  // The document, 1.2.
  fields: [
    { name: 'version', location: 'topLevel', property: 'version', required: true, values: ['2.0'] },
    { name: 'msgid', location: 'topLevel', property: 'msgId', required: true, format: 'msgId' },
    {
      name: 'systemtime',
      location: 'topLevel',
      property: 'sentAt',
      required: true,
      format: 'timestamp',
    },
    {
      name: 'strictcheck',
      location: 'topLevel',
      property: 'strictCheck',
      required: true,
      values: ['0', '1'],
    },
    { name: 'appid', location: 'topLevel', property: 'appId', required: true },
    { name: 'expandparams', location: 'topLevel', property: 'expandParams', required: false },
    { name: 'token', location: 'topLevel', property: 'token', required: true, format: 'token' },
    { name: 'sign', location: 'topLevel', property: 'sign', required: true },
    {
      name: 'encryptionalgorithm',
      location: 'topLevel',
      property: 'encryptionAlgorithm',
      required: false,
    },
  ],
  // The document, 1.2 sign.
  signings: [
    {
      name: 'md5',
      algorithm: 'MD5',
      joined: ['appId', 'version', 'msgId', 'sentAt', 'strictCheck', 'token', SECRET],
      key: { by: 'digest', digest: 'MD5', secret: 'chosen', caseReading: 'login-md5-case' },
    },
    {
      name: 'rsa',
      algorithm: 'SHA256withRSA',
      joined: ['appId', 'token'],
      // The second key encrypts the msisdn of the response.
      key: {
        by: 'rsa',
        digest: 'RSA-SHA256',
        encoding: 'hex',
        publicKeys: ['appVerifyKey', 'appEncryptKey'],
      },
      // `rsa`, `SM`, the empty text and anything else select MD5.
      selectedBy: { property: 'encryptionAlgorithm', value: 'RSA' },
    },
  ],
  // The document, 1.3. `desc` is observed, and only refusals have it.
  reply: [
    { name: 'inresponseto', location: 'topLevel', property: 'msgId' },
    { name: 'resultCode', location: 'topLevel', property: 'resultCode' },
    { name: 'desc', location: 'topLevel', property: 'text' },
    { name: 'msisdn', location: 'topLevel', property: 'phoneNumber' },
    { name: 'systemtime', location: 'topLevel', property: 'sentAt' },
    { name: 'taskId', location: 'topLevel', property: 'taskId' },
  ],
  // The document, 1.4.
  results: [
    { code: '103000', name: 'SUCCESS', desc: '返回成功', descEn: 'success', charged: true },
    {
      code: '103101',
      name: 'SIGN_INVALID',
      desc: '签名错误',
      descEn: 'sign error',
      charged: false,
      // The signature is over what we sent, so the APPSecret or the key differs from the portal's.
      next: 'fixConfiguration',
    },
    {
      code: '103113',
      name: 'TOKEN_MALFORMED',
      desc: 'token格式错误',
      descEn: 'token format error',
      charged: false,
      // The token was cut off or changed on its way from the phone; a new one may arrive intact.
      next: 'getNewToken',
    },
    {
      code: '103119',
      name: 'APP_UNKNOWN',
      desc: 'appid不存在',
      descEn: 'appid does not exist',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '103133',
      name: 'SOURCE_ID_INVALID',
      desc: 'sourceid不合法',
      descEn: 'sourceid is invalid',
      charged: false,
      // The app on the phone has another appId than the server: Android and iOS have different ones.
      next: 'fixConfiguration',
    },
    {
      code: '103211',
      name: 'OTHER_ERROR',
      desc: '其他错误',
      descEn: 'other error',
      charged: false,
      // The code also means a wrong message format, but ours is right, so the carrier has a failure.
      next: 'retryLater',
    },
    {
      code: '103412',
      name: 'REQUEST_INVALID',
      desc: '无效的请求',
      descEn: 'invalid request',
      charged: false,
      // We send JSON, so either RSA was requested without both public keys at the portal, or a gateway changes bodies.
      next: 'fixConfiguration',
    },
    {
      code: '103414',
      name: 'PARAMETER_INVALID',
      desc: '参数校验异常',
      descEn: 'parameter validation failed',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '103511',
      name: 'IP_NOT_LISTED',
      desc: '请求ip不在社区配置的服务器白名单内',
      descEn: 'request ip is not in the server whitelist',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '103811',
      name: 'TOKEN_EMPTY',
      desc: 'token为空',
      descEn: 'token is empty',
      charged: false,
      next: 'getNewToken',
    },
    {
      code: '104201',
      name: 'TOKEN_DEAD',
      desc: 'token失效或不存在',
      descEn: 'token is invalid or does not exist',
      charged: false,
      // Expired, used or unknown.
      next: 'getNewToken',
    },
    {
      code: '105018',
      name: 'TOKEN_OF_OTHER_CAPABILITY',
      desc: '用户权限不足',
      descEn: 'insufficient user permission',
      charged: false,
      // The phone called its SDK for a number verification; a new token from the same call would be of the same kind.
      next: 'fixConfiguration',
    },
    {
      code: '105019',
      name: 'APP_NOT_AUTHORISED',
      desc: '应用未授权',
      descEn: 'app is not authorized',
      charged: false,
      // The capability is not enabled at the portal.
      next: 'fixConfiguration',
    },
    {
      code: '105312',
      name: 'CALLS_USED_UP',
      desc: '套餐已用完',
      descEn: 'package is used up',
      charged: false,
      // The package is used up or the trial is over, and only the carrier sells calls.
      next: 'contactCarrier',
    },
    {
      code: '105313',
      name: 'ILLEGAL_REQUEST',
      desc: '非法请求',
      descEn: 'illegal request',
      charged: false,
      // First published as "check the URL that you call".
      next: 'fixConfiguration',
    },
  ],
  unlistedResults: [],
} as const satisfies OperationDescription;

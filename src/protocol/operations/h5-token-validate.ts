/**
 * h5TokenValidate: exchanges a token of a web page or a mini-program for its number. The document does not contain it; the
 * facts are from public material: a republished edition of the carrier's own page, and clients.
 */
import type { OperationDescription } from './description.js';

export const H5_TOKEN_VALIDATE = {
  operation: 'h5TokenValidate',
  capability: 'h5TokenValidate',
  basis: 'observed',
  hosts: ['www.cmpassport.com'],
  path: '/h5/onekeylogin/tokenValidate',
  prefix: '/h5/',
  // The page's text says 1.0; its sample and the browser SDK send 2.0. No difference between the two is known.
  version: '2.0',
  requiresJsonType: true,
  fields: [
    {
      name: 'interfaceVersion',
      location: 'httpHeader',
      property: 'version',
      required: true,
      values: ['1.0', '2.0'],
    },
    { name: 'appId', location: 'httpHeader', property: 'appId', required: true },
    // No source limits its length.
    {
      name: 'traceId',
      location: 'httpHeader',
      property: 'msgId',
      required: true,
      format: 'traceId',
    },
    {
      name: 'timestamp',
      location: 'httpHeader',
      property: 'sentAt',
      required: true,
      format: 'timestamp',
    },
    {
      name: 'businessType',
      location: 'httpHeader',
      property: 'businessType',
      required: true,
      values: ['8'],
    },
    { name: 'token', location: 'topLevel', property: 'token', required: true, format: 'token' },
    { name: 'sign', location: 'topLevel', property: 'sign', required: true },
    {
      name: 'userInformation',
      location: 'topLevel',
      property: 'userInformation',
      required: true,
      // As the plug-in of mini-programs returns it.
      sample: 'devtools%40%408.0.5%40%40iOS%2010.0.1%40%40fd83c2a1e7b5940f6d8e21a3b7c98048',
    },
    { name: 'expandParams', location: 'topLevel', property: 'expandParams', required: false },
  ],
  numberSecret: 'appKey',
  signings: [
    {
      name: 'rsa',
      algorithm: 'SHA256withRSA',
      joined: ['appId', 'msgId', 'sentAt', 'token', 'version'],
      key: {
        by: 'rsa',
        digest: 'RSA-SHA256',
        encoding: 'hex',
        caseReading: 'h5-sign-case',
        publicKeys: ['appVerifyKey'],
      },
    },
  ],
  reply: [
    { name: 'appId', location: 'httpHeader', property: 'appId' },
    { name: 'traceId', location: 'httpHeader', property: 'msgId' },
    { name: 'timestamp', location: 'httpHeader', property: 'sentAt' },
    { name: 'resultCode', location: 'topLevel', property: 'resultCode' },
    { name: 'desc', location: 'topLevel', property: 'text' },
    { name: 'serviceTime', location: 'topLevel', property: 'serviceTime' },
    { name: 'data', location: 'topLevel', property: 'noData' },
    { name: 'msisdn', location: 'data', property: 'phoneNumber' },
    { name: 'expandParams', location: 'data', property: 'expandParams' },
    { name: 'securityPhone', location: 'data', property: 'securityPhone' },
  ],
  // The codes with a known cause, in the order of the published table.
  results: [
    { code: '103000', name: 'SUCCESS', desc: '成功', descEn: 'success', charged: true },
    {
      code: '103002',
      name: 'PARAMETER_MISSING',
      desc: '没有填写必传参数',
      descEn: 'a required parameter is missing',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '103005',
      name: 'INNER_ERROR',
      desc: 'inner error',
      descEn: 'inner error',
      charged: false,
      // Also for a content type other than JSON, but ours is right.
      next: 'retryLater',
    },
    {
      code: '104000',
      name: 'APP_UNKNOWN',
      desc: 'app不存在',
      descEn: 'app does not exist',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '104001',
      name: 'BUSINESS_TYPE_INVALID',
      desc: 'businessType校验失败',
      descEn: 'businessType check failed',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '104003',
      name: 'APP_WITHOUT_RIGHTS',
      desc: '应用没有权益',
      descEn: 'app has no rights',
      charged: false,
      // The capability is not enabled, or its calls are used up.
      next: 'contactCarrier',
    },
    {
      code: '104007',
      name: 'TOKEN_DEAD',
      desc: 'token不存在',
      descEn: 'token does not exist',
      charged: false,
      // Expired, used or unknown.
      next: 'getNewToken',
    },
    {
      code: '104008',
      name: 'USER_INFORMATION_DIFFERENT',
      desc: 'token校验失败',
      descEn: 'token check failed',
      charged: false,
      // userInformation was changed on its way from the page, as it is for every user.
      next: 'fixConfiguration',
    },
    {
      code: '104013',
      name: 'SIGN_INVALID',
      desc: '验证签名失败',
      descEn: 'signature check failed',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '104017',
      name: 'IP_NOT_LISTED',
      desc: 'IP校验失败',
      descEn: 'ip check failed',
      charged: false,
      next: 'fixConfiguration',
    },
    {
      code: '104019',
      name: 'TOKEN_MALFORMED',
      desc: 'token校验失败[MSISDN_OWNERS]',
      descEn: 'the operator of the token is unknown',
      charged: false,
      // The token was cut off or changed on its way, or is of another product.
      next: 'getNewToken',
    },
  ],
  // Published without a cause that this carrier could have.
  unlistedResults: [
    { code: '103001', name: 'FAILED', desc: 'fail', descEn: 'fail', charged: false },
    { code: '103003', name: 'FORBIDDEN', desc: 'forbidden', descEn: 'forbidden', charged: false },
    {
      code: '103004',
      name: 'NOT_FOUND',
      desc: 'resource not found',
      descEn: 'resource not found',
      charged: false,
    },
    {
      code: '104004',
      name: 'RIGHTS_EXPIRED',
      desc: '权益已失效',
      descEn: 'rights have expired',
      charged: false,
    },
    {
      code: '104010',
      name: 'SETTING_INVALID',
      desc: '配置错误',
      descEn: 'configuration error',
      charged: false,
    },
    {
      code: '104012',
      name: 'NUMBER_WRONG',
      desc: '本机号码校验失败',
      descEn: 'number check failed',
      charged: false,
    },
    {
      code: '104014',
      name: 'BUSINESS_TYPE_REFUSED',
      // Spelt as published.
      desc: 'busineseType校验失败',
      descEn: 'businessType check failed',
      charged: false,
    },
    {
      code: '104015',
      name: 'OPERATION_SETTING',
      desc: '运管配置错误',
      descEn: 'operations error',
      charged: false,
    },
    {
      code: '104016',
      name: 'PORTAL_SETTING',
      desc: '开放平台配置错误',
      descEn: 'portal error',
      charged: false,
    },
  ],
} as const satisfies OperationDescription;

/** A valid request and response of each kind, made from the document's samples. Tests change one field at a time. */
const HEX_32 = '0C17F305AB3E8B4694829319167310D1';
const HEX_64 = '227716D80112F953632E4AFBB71C987E9ABF4831ACDA5A7464E2D8F61F0A9477';
/** Values with the length of a signature by a key of 1024 bits, in hex and in Base64. */
export const HEX_256 = `${HEX_64}${HEX_64}${HEX_64}${HEX_64}`;
export const BASE64_172 = Buffer.from(HEX_256, 'hex').toString('base64');
export const BASE64_344 = Buffer.from(`${HEX_256}${HEX_256}`, 'hex').toString('base64');

export type Fields = Readonly<Record<string, unknown>>;

export const LOGIN_MD5: Fields = {
  encryptionalgorithm: '',
  expandparams: '',
  appid: '10000001',
  sign: HEX_32,
  strictcheck: '0',
  msgid: 'bed1dc7f6cd645b9be9006ae08040c93',
  systemtime: '20190226111842617',
  version: '2.0',
  token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
};

export const LOGIN_RSA: Fields = { ...LOGIN_MD5, encryptionalgorithm: 'RSA', sign: HEX_256 };

export const LOGIN_SUCCESS: Fields = {
  inresponseto: 'bed1dc7f6cd645b9be9006ae08040c93',
  resultCode: '103000',
  msisdn: '15912345678',
  systemtime: '20190226111849953',
  taskId: '188b0744159f413e9bfe7ecc5d5bcc71',
};

export const LOGIN_REFUSAL: Fields = {
  inresponseto: 'bed1dc7f6cd645b9be9006ae08040c93',
  resultCode: '103101',
  desc: 'sign error',
  systemtime: '20190226111849953',
  taskId: '188b0744159f413e9bfe7ecc5d5bcc71',
};

export interface Envelope {
  readonly header: Fields;
  readonly body: Fields;
}

export const VERIFY_HMAC: Envelope = {
  header: {
    appId: '3000666666666',
    timestamp: '20180104090953788',
    version: '1.0',
    msgId: '8ADFF305C7FCB3E1B1AECC130792FBD0',
  },
  body: {
    openType: '1',
    token: 'STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH',
    sign: HEX_64,
    phoneNum: '38D19FF8CE10416A6F3048467CB6F7D57A44407CB198C6E8793FFB87FEDFA9B8',
    requesterType: '0',
  },
};

export const VERIFY_RSA: Envelope = {
  header: VERIFY_HMAC.header,
  body: { ...VERIFY_HMAC.body, keyType: '1', sign: BASE64_172, phoneNum: BASE64_172 },
};

export const VERIFY_ANSWER: Envelope = {
  body: { message: '', resultDesc: '是本机号码', taskId: 'b62585d15ee34869bd3c7e6ad62688e2' },
  header: {
    appId: '3000666666640',
    msgId: '8ADFF305C7FCB3E1B1AECC130792FBD0',
    resultCode: '000',
    timestamp: '20180104090957277',
  },
};

export const VERIFY_NOT_OWN: Envelope = {
  body: {
    message: '',
    resultDesc: '非本机号码',
    taskId: 'b62585d15ee34869bd3c7e6ad62688e2',
    accessToken: '188b0744159f413e9bfe7ecc5d5bcc71',
  },
  header: { ...VERIFY_ANSWER.header, resultCode: '001' },
};

/** A copy with changed fields; undefined removes a field. */
export function altered(fields: Fields, changes: Fields): Fields {
  return JSON.parse(JSON.stringify({ ...fields, ...changes }));
}

export function alteredEnvelope({ header, body }: Envelope, changes: Partial<Envelope>): Envelope {
  return { header: altered(header, changes.header ?? {}), body: altered(body, changes.body ?? {}) };
}

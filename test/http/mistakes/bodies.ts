/** Mistakes in the kind of the body. The document, 1.2, 1.3, 2.3 and 2.4. */
import type { Mistake } from './mistake.js';
import { BOUNDARY, body, FORM_TYPE, flat, form, multipart, path } from './wires.js';

const LOGIN = { mode: 'login MD5' } as const;
const VERIFY = { mode: 'verify HMAC' } as const;

const LOGIN_SAMPLE = `{
"encryptionalgorithm":"",
"expandparams":"",
"appid":"10000001",
"sign":"0C17F305AB3E8B4694829319167310D1",
"strictcheck":"0",
"msgid":"bed1dc7f6cd645b9be9006ae08040c93",
"systemtime":"20190226111842617",
"version":"2.0",
"token":"STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ"
}`;

const LOGIN_ANSWER_SAMPLE = `{
"inresponseto":"bed1dc7f6cd645b9be9006ae08040c93",
"resultCode":"103000",
"msisdn":"159xxxxxxxx",
"systemtime":"20190226111849953",
"taskId":"188b0744159f413e9bfe7ecc5d5bcc71"
}`;

const VERIFY_SAMPLE = `{
    "header":{
        "appId":"3000666666666",
        "timestamp":"20180104090953788",
        "version":"1.0",
        "msgId":"8ADFF305C7FCB3E1B1AECC130792FBD0"
    },
    "body":{
        "openType":"1",
        "token":"STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH",
        "sign":"227716D80112F953632E4AFBB71C987E9ABF4831ACDA5A7464E2D8F61F0A9477",
        "phoneNum":"38D19FF8CE10416A6F3048467CB6F7D57A44407CB198C6E8793FFB87FEDFA9B8",
        "requesterType":"0"
    }
}`;

/** The document lacks the comma after resultDesc. */
const VERIFY_ANSWER_SAMPLE = `{
    "body":{
        "message":"",
        "resultDesc":"是本机号码"
        "taskId": "b62585d15ee34869bd3c7e6ad62688e2"
    },
    "header":{
        "appId":"3000*****40",
        "msgId":"8ADFF305C7FCB3E1B1AECC130792FBD0",
        "resultCode":"000",
        "timestamp":"20180104090957277"
    }
}`;

export const BODIES: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'a client of login 1.x wraps its fields in header and body',
    wire: (wire, { version: _, token, ...fields }) => ({
      ...wire,
      body: JSON.stringify({ header: { version: '1.0', apptype: '5', ...fields }, body: { token } }),
    }),
    resultCode: '103811',
    finding: 'interface.not-simulated',
    begins: {
      en: 'The request is for the login interface 1.x (tokenValidate). This is a different interface, which the mock does not simulate.',
      zh: '这个请求属于一键登录 1.x 的 tokenValidate 接口，模拟服务没有实现这个接口。',
    },
  },
  {
    ...VERIFY,
    description: 'a client calls checksmscode after 001',
    wire: path('/openapi/rs/checksmscode'),
    resultCode: '303',
    finding: 'interface.not-simulated',
    begins: {
      en: 'The request is for checksmscode, which checks an SMS code. This is a different',
      zh: '这个请求属于短验辅助的 checksmscode',
    },
  },
  {
    ...LOGIN,
    description: 'curl is called without -d',
    wire: body(() => ''),
    resultCode: '103412',
    finding: 'body.empty',
  },
  {
    ...VERIFY,
    description: 'a client sends the headers and forgets the body',
    wire: body(() => ''),
    resultCode: '303',
    finding: 'body.empty',
  },
  {
    ...LOGIN,
    description: 'JSON.stringify is called twice',
    wire: body((text) => JSON.stringify(text)),
    resultCode: '103412',
    finding: 'body.not-json',
  },
  {
    ...LOGIN,
    description: 'a Python client sends str() of a dict, which has single quotes',
    wire: body((text) => text.replaceAll('"', "'")),
    resultCode: '103412',
    finding: 'body.not-json',
  },
  {
    ...LOGIN,
    description: 'a JSON template has a comma after its last field',
    wire: body((text) => text.replace(/\}$/, ',}')),
    resultCode: '103412',
    finding: 'body.not-json',
  },
  {
    ...LOGIN,
    description: 'toString of a Java map is sent',
    wire: body(
      (text) =>
        `{${flat(text)
          .map(([name, value]) => `${name}=${value}`)
          .join(', ')}}`,
    ),
    resultCode: '103412',
    finding: 'body.not-json',
  },
  {
    ...VERIFY,
    description: 'a list with one request is sent to verify',
    wire: body((text) => `[${text}]`),
    resultCode: '303',
    finding: 'body.not-json',
  },
  {
    ...VERIFY,
    description: 'Content-Length counts characters instead of bytes, so a Chinese message truncates the JSON',
    fields: () => ({ message: '订单一零二四' }),
    wire: (wire) => ({ ...wire, body: Buffer.from(wire.body).subarray(0, String(wire.body).length) }),
    resultCode: '303',
    finding: 'body.not-json',
  },
  {
    ...LOGIN,
    description: 'RestTemplate posts a MultiValueMap as a form',
    wire: (wire) => ({ ...wire, headers: FORM_TYPE, body: form(String(wire.body)) }),
    resultCode: '103412',
    finding: 'body.form',
  },
  {
    ...VERIFY,
    description: 'requests.post(data=) sends a form with the JSON content type',
    wire: body(form),
    resultCode: '303',
    finding: 'body.form',
  },
  {
    ...LOGIN,
    description: 'requests.post(files=) sends multipart to login',
    wire: (wire) => ({
      ...wire,
      headers: ['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`],
      body: multipart(String(wire.body)),
    }),
    resultCode: '103412',
    finding: 'body.multipart',
  },
  {
    ...VERIFY,
    description: 'a PHP client sets CURLOPT_POSTFIELDS to an array, which sends multipart to verify',
    wire: (wire) => ({
      ...wire,
      headers: ['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`],
      body: multipart(String(wire.body)),
    }),
    resultCode: '303',
    finding: 'body.multipart',
  },
  {
    ...LOGIN,
    description: 'a client puts a picture into expandparams',
    fields: () => ({ expandparams: 'A'.repeat(70_000) }),
    resultCode: '103412',
    finding: 'body.too-large',
  },
  {
    ...VERIFY,
    description: 'a client puts a picture into message',
    fields: () => ({ message: 'A'.repeat(70_000) }),
    resultCode: '303',
    finding: 'body.too-large',
  },
  {
    ...LOGIN,
    description: 'the sample of login is sent unchanged',
    wire: body(() => LOGIN_SAMPLE),
    resultCode: '103119',
    finding: 'body.document-sample',
  },
  {
    ...LOGIN,
    description: 'the sample response of login is sent as a request',
    wire: body(() => LOGIN_ANSWER_SAMPLE),
    resultCode: '103811',
    finding: 'body.document-sample',
  },
  {
    ...VERIFY,
    description: 'the sample of verify is sent unchanged',
    wire: body(() => VERIFY_SAMPLE),
    resultCode: '102',
    finding: 'body.document-sample',
  },
  {
    ...VERIFY,
    description: 'the sample with the missing comma is sent to verify',
    wire: body(() => VERIFY_ANSWER_SAMPLE),
    resultCode: '303',
    finding: 'body.document-sample',
  },
  {
    ...LOGIN,
    description: 'the flat body of login is sent to verify',
    wire: path('/openapi/rs/tokenValidate'),
    resultCode: '102',
    finding: 'body.wrong-operation',
  },
  {
    ...VERIFY,
    description: 'the envelope of verify is sent to login',
    wire: path('/unisdk/rsapi/loginTokenValidate'),
    resultCode: '103811',
    finding: 'body.wrong-operation',
  },
];

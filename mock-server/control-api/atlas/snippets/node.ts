/** A plan as a program for Node. */
import type { BuiltRequest, ControlCall, Plan, Step } from '../plan.js';
import type { Made } from '../request-plan.js';
import { assignmentsOf, called, functions, joined, needed, opening, type Part } from './program.js';
import { objectText, type Syntax, valueText } from './syntax.js';

const SYNTAX: Syntax = {
  text: quoted,
  repeated: (character, times) => `${quoted(character)}.repeat(${times})`,
  null: 'null',
  boolean: String,
  list: (items) => `[${items}]`,
  object: { open: '{ ', close: ' }' },
  key: (name) => `${/^\w+$/.test(name) ? name : quoted(name)}: `,
  shorthand: true,
  name: (name) => name,
  indent: '  ',
};

export function nodeProgram(plan: Plan, run: string): string {
  const main = mainOf(plan);
  const { imports, constants, shared, body } = needed(plan, main, {
    functions: functionsOf(plan),
    shared: SHARED,
    imports: CRYPTO,
  });
  return joined([
    opening(plan, { start: '// ', needs: 'Node 20 or newer, nothing installed', run }),
    imports.length === 0 ? '' : `import { ${imports.join(', ')} } from 'node:crypto';`,
    [...constants.map(({ name, text }) => `const ${name} = ${quoted(text)};`), ...shared].join('\n'),
    ...body,
    main,
  ]);
}

const CRYPTO: readonly Part[] = [
  ...['constants', 'createHash', 'createHmac', 'createPrivateKey', 'createPublicKey', 'createSign'],
  ...['privateDecrypt', 'publicEncrypt', 'randomUUID'],
].map((name) => ({ mark: new RegExp(`\\b${name}\\b`), text: name }));

const SHARED: readonly Part[] = [
  {
    mark: /\bCONTROL_TOKEN\b/,
    text: `// The mock asks for its control token, which is not written here.
const CONTROL_TOKEN = process.env.CMPASSPORT_CONTROL_TOKEN;`,
  },
];

function mainOf({ steps, sends, decrypts }: Plan): string {
  if (sends.kind === 'given') return `console.log(await call(${sends.body?.name ?? ''}));`;
  const before = steps.filter(({ gives }) => gives !== 'token');
  const token = sends.token?.name ?? 'await mint()';
  return [
    ...before.map(({ name, gives }) => `${gives === 'app' ? 'const app = ' : ''}await ${name}();`),
    `const answer = await ${sends.name}(${token}${sends.takesApp ? ', app' : ''});`,
    'console.log(answer);',
    ...(decrypts ? ['console.log(decrypt(JSON.parse(answer).msisdn, app.appDecryptPrivateKey));'] : []),
  ].join('\n');
}

function functionsOf(plan: Plan): readonly Part[] {
  const { steps, sends } = plan;
  return [
    ...steps.map((step) => called(step.name, stepFunction(step))),
    ...(sends.kind === 'built' ? [called(sends.name, requestFunction(sends))] : []),
    ...FUNCTIONS,
    called('call', callFunction(plan)),
    called('control', controlFunction(plan)),
  ];
}

function stepFunction({ name, says, calls, gives }: Step): string {
  const texts = calls.map(controlCall);
  const last = texts.at(-1) ?? '';
  const ending = {
    app: [`return ${last};`],
    token: [`const { token } = await ${last};`, 'return token;'],
    nothing: [`await ${last};`],
  }[gives ?? 'nothing'];
  return functionText({
    says,
    head: `async function ${name}()`,
    lines: [...texts.slice(0, -1).map((text) => `await ${text};`), ...ending],
  });
}

function controlCall({ method, path, body }: ControlCall): string {
  const isPlain = path.every((part) => typeof part === 'string');
  const text = path.map((part) => (typeof part === 'string' ? part : `\${${part.name}}`)).join('');
  const shown = isPlain ? quoted(text) : `\`${text}\``;
  return `control(${quoted(method)}, ${shown}${body === undefined ? '' : `, ${objectText(SYNTAX, body, '  ')}`})`;
}

function requestFunction({ name, msgId, sentAt, made, takesApp, fields }: BuiltRequest): string {
  return functionText({
    head: `async function ${name}(token${takesApp ? ', app' : ''})`,
    lines: [
      `const ${msgId} = randomUUID();`,
      `const ${sentAt} = beijingTime();`,
      ...assignmentsOf(made, {
        sum: sumOf,
        call: callOf,
        assign: (variable, value) => `const ${variable} = ${value};`,
      }),
      `const fields = ${objectText(SYNTAX, fields, '  ')};`,
      'return call(JSON.stringify(fields));',
    ],
  });
}

function sumOf({ text }: Made): string {
  return text.map((value) => valueText(SYNTAX, value)).join(' + ');
}

function callOf({ by, key }: Made, text: string): string {
  if (key === undefined) return `${by}(${text})`;
  return `${by}(${text}, ${'ofApp' in key ? `app.${key.ofApp}` : key.name})`;
}

const FUNCTIONS = functions({
  md5Hex: `function md5Hex(text) {
  return createHash('md5').update(text).digest('hex').toUpperCase();
}`,
  sha256Hex: `function sha256Hex(text) {
  return createHash('sha256').update(text).digest('hex').toUpperCase();
}`,
  hmacSha256Hex: `function hmacSha256Hex(text, key) {
  return createHmac('sha256', key).update(text).digest('hex').toUpperCase();
}`,
  sha256WithRsa: `/** In hex. */
function sha256WithRsa(text, privateKey) {
  return createSign('RSA-SHA256').update(text).sign(readPrivateKey(privateKey), 'hex').toUpperCase();
}`,
  md5WithRsa: `/** In Base64. */
function md5WithRsa(text, privateKey) {
  return createSign('RSA-MD5').update(text).sign(readPrivateKey(privateKey), 'base64');
}`,
  encrypt: `/** RSA with PKCS#1 v1.5 padding, in Base64. */
function encrypt(text, publicKey) {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString('base64');
}`,
  decrypt: `/** RSA with PKCS#1 v1.5 padding, which Node 20 does not take off: 00 02, random bytes, 00, the text. */
function decrypt(hex, privateKey) {
  const key = { key: readPrivateKey(privateKey), padding: constants.RSA_NO_PADDING };
  const block = privateDecrypt(key, Buffer.from(hex, 'hex'));
  return block.subarray(block.indexOf(0, 2) + 1).toString();
}`,
  readPrivateKey: `/** PKCS#8 in Base64, as the portal has it. */
function readPrivateKey(base64) {
  return createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
}`,
  beijingTime: `/** 17 digits, yyyyMMddHHmmssSSS. */
function beijingTime() {
  const eightHours = 8 * 60 * 60 * 1000;
  return new Date(Date.now() + eightHours).toISOString().replace(/\\D/g, '');
}`,
});

function callFunction({ sends, asksByHeader }: Plan): string {
  const isGet = sends.kind === 'given' && sends.body === undefined;
  const asks = asksByHeader ? ", 'X-Mock-Result-Code': RESULT_CODE" : '';
  const lines = isGet
    ? ['const response = await fetch(CARRIER_URL);']
    : [
        `const headers = { 'Content-Type': 'application/json'${asks} };`,
        "const response = await fetch(CARRIER_URL, { method: 'POST', headers, body });",
      ];
  return functionText({
    says: 'The answer of the carrier, as it was sent.',
    head: `async function call(${isGet ? '' : 'body'})`,
    lines: [...lines, 'return response.text();'],
  });
}

function controlFunction({ showsControlToken }: Plan): string {
  const token = showsControlToken ? `, Authorization: \`Bearer \${CONTROL_TOKEN}\`` : '';
  return functionText({
    says: 'A call of the control API of the mock.',
    head: 'async function control(method, path, value)',
    lines: [
      `const headers = { 'Content-Type': 'application/json'${token} };`,
      'const response = await fetch(CONTROL_URL + path, { method, headers, body: JSON.stringify(value) });',
      'const text = await response.text();',
      '// A DELETE may find nothing to remove.',
      "if (!response.ok && method !== 'DELETE') throw new Error(text);",
      "return text === '' ? undefined : JSON.parse(text);",
    ],
  });
}

interface FunctionParts {
  readonly says?: string;
  readonly head: string;
  readonly lines: readonly string[];
}

function functionText({ says, head, lines }: FunctionParts): string {
  const comment = says === undefined ? '' : `/** ${says} */\n`;
  return `${comment}${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

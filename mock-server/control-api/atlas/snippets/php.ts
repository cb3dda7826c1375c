/** A plan as a program for PHP. */
import type { BuiltRequest, ControlCall, Plan, Step } from '../plan.js';
import type { Made } from '../request-plan.js';
import { assignmentsOf, called, functions, joined, needed, opening, type Part } from './program.js';
import { objectText, type Syntax, valueText } from './syntax.js';

const SYNTAX: Syntax = {
  text: quoted,
  repeated: (character, times) => `str_repeat(${quoted(character)}, ${times})`,
  null: 'null',
  boolean: String,
  list: (items) => `[${items}]`,
  object: { open: '[', close: ']' },
  key: (name) => `${quoted(name)} => `,
  name: variable,
  indent: '    ',
};

const INDENT = '    ';

export function phpProgram(plan: Plan, run: string): string {
  const main = mainOf(plan);
  const { imports, constants, shared, body } = needed(plan, main, {
    functions: functionsOf(plan),
    shared: SHARED,
    imports: EXTENSIONS,
  });
  const needs = ['PHP 8', ...imports, 'nothing else installed'].join(', ');
  return joined([
    `<?php\n${opening(plan, { start: '// ', needs, run })}\ndeclare(strict_types=1);`,
    [...constants.map(({ name, text }) => `const ${name} = ${quoted(text)};`), ...shared].join('\n'),
    ...body,
    main,
  ]);
}

/** Told at the top, since there is nothing to import. */
const EXTENSIONS: readonly Part[] = [{ mark: /\bopenssl_/, text: 'its openssl extension' }];

const SHARED: readonly Part[] = [
  {
    mark: /\bCONTROL_TOKEN\b/,
    text: `// The mock asks for its control token, which is not written here.
define('CONTROL_TOKEN', getenv('CMPASSPORT_CONTROL_TOKEN'));`,
  },
];

function mainOf({ steps, sends, decrypts }: Plan): string {
  if (sends.kind === 'given') return `echo call(${sends.body?.name ?? ''}), "\\n";`;
  return [
    ...steps
      .filter(({ gives }) => gives !== 'token')
      .map(({ name, gives }) => `${gives === 'app' ? '$app = ' : ''}${name}();`),
    `$answer = ${sends.name}(${sends.token?.name ?? 'mint()'}${sends.takesApp ? ', $app' : ''});`,
    'echo $answer, "\\n";',
    ...(decrypts ? ["echo decrypt(json_decode($answer, true)['msisdn'], $app['appDecryptPrivateKey']), \"\\n\";"] : []),
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
    called('send', SEND),
  ];
}

const STEP_TYPES = { app: 'array', token: 'string', nothing: 'void' } as const;

function stepFunction({ name, says, calls, gives }: Step): string {
  const texts = calls.map(controlCall);
  const last = texts.at(-1) ?? '';
  const kind = gives ?? 'nothing';
  const ending = { app: `return ${last};`, token: `return ${last}['token'];`, nothing: `${last};` }[kind];
  return functionText({
    says,
    head: `function ${name}(): ${STEP_TYPES[kind]}`,
    lines: [...texts.slice(0, -1).map((text) => `${text};`), ending],
  });
}

function controlCall({ method, path, body }: ControlCall): string {
  const text = path.map((part) => (typeof part === 'string' ? quoted(part) : part.name)).join(' . ');
  return `control('${method}', ${text}${body === undefined ? '' : `, ${objectText(SYNTAX, body, INDENT)}`})`;
}

function requestFunction({ name, msgId, sentAt, made, takesApp, fields }: BuiltRequest): string {
  return functionText({
    head: `function ${name}(string $token${takesApp ? ', array $app' : ''}): string`,
    lines: [
      `$${msgId} = bin2hex(random_bytes(16));`,
      `$${sentAt} = beijingTime();`,
      ...assignmentsOf(made, { sum: sumOf, call: callOf, assign: (variable, value) => `$${variable} = ${value};` }),
      `return call(json_encode(${objectText(SYNTAX, fields, INDENT)}));`,
    ],
  });
}

function sumOf({ text }: Made): string {
  return text.map((value) => valueText(SYNTAX, value)).join(' . ');
}

/** The text is a sum, or the variable that has it. */
function callOf({ by, key }: Made, text: string): string {
  const argument = text === 'text' ? '$text' : text;
  if (key === undefined) return `${by}(${argument})`;
  return `${by}(${argument}, ${'ofApp' in key ? `$app['${key.ofApp}']` : key.name})`;
}

const FUNCTIONS = functions({
  md5Hex: `function md5Hex(string $text): string
{
    return strtoupper(md5($text));
}`,
  sha256Hex: `function sha256Hex(string $text): string
{
    return strtoupper(hash('sha256', $text));
}`,
  hmacSha256Hex: `function hmacSha256Hex(string $text, string $key): string
{
    return strtoupper(hash_hmac('sha256', $text, $key));
}`,
  sha256WithRsa: `/** In hex. */
function sha256WithRsa(string $text, string $privateKey): string
{
    openssl_sign($text, $signature, pem('PRIVATE KEY', $privateKey), OPENSSL_ALGO_SHA256);
    return strtoupper(bin2hex($signature));
}`,
  md5WithRsa: `/** In Base64. */
function md5WithRsa(string $text, string $privateKey): string
{
    openssl_sign($text, $signature, pem('PRIVATE KEY', $privateKey), OPENSSL_ALGO_MD5);
    return base64_encode($signature);
}`,
  encrypt: `/** RSA with PKCS#1 v1.5 padding, in Base64. */
function encrypt(string $text, string $publicKey): string
{
    openssl_public_encrypt($text, $ciphertext, pem('PUBLIC KEY', $publicKey));
    return base64_encode($ciphertext);
}`,
  decrypt: `/** RSA with PKCS#1 v1.5 padding. */
function decrypt(string $hex, string $privateKey): string
{
    openssl_private_decrypt(hex2bin($hex), $text, pem('PRIVATE KEY', $privateKey));
    return $text;
}`,
  pem: `/** What openssl reads, of a key in Base64 as the portal has it. */
function pem(string $kind, string $base64): string
{
    return "-----BEGIN $kind-----\\n" . chunk_split($base64, 64, "\\n") . "-----END $kind-----\\n";
}`,
  beijingTime: `/** 17 digits, yyyyMMddHHmmssSSS. */
function beijingTime(): string
{
    return (new DateTimeImmutable('now', new DateTimeZone('Asia/Shanghai')))->format('YmdHisv');
}`,
});

function callFunction({ sends, asksByHeader }: Plan): string {
  const isGet = sends.kind === 'given' && sends.body === undefined;
  const asks = asksByHeader ? ", 'X-Mock-Result-Code: ' . RESULT_CODE" : '';
  return functionText({
    says: 'The answer of the carrier, as it was sent.',
    head: `function call(${isGet ? '' : 'string $body'}): string`,
    lines: [
      isGet
        ? "return send('GET', CARRIER_URL, [], '');"
        : `return send('POST', CARRIER_URL, ['Content-Type: application/json'${asks}], $body);`,
    ],
  });
}

function controlFunction({ showsControlToken }: Plan): string {
  const token = showsControlToken ? ", 'Authorization: Bearer ' . CONTROL_TOKEN" : '';
  return functionText({
    says: 'A call of the control API of the mock.',
    head: 'function control(string $method, string $path, array $value = []): array',
    lines: [
      `$headers = ['Content-Type: application/json'${token}];`,
      "$body = $value === [] ? '' : json_encode($value);",
      '$answer = json_decode(send($method, CONTROL_URL . $path, $headers, $body), true) ?? [];',
      '// What is refused has a detail. A DELETE may find nothing to remove.',
      "if (isset($answer['detail']) && $method !== 'DELETE') {",
      "    throw new RuntimeException($answer['detail']);",
      '}',
      'return $answer;',
    ],
  });
}

const SEND = `function send(string $method, string $url, array $headers, string $body): string
{
    $http = ['method' => $method, 'header' => $headers, 'content' => $body, 'ignore_errors' => true];
    return (string) file_get_contents($url, false, stream_context_create(['http' => $http]));
}`;

interface FunctionParts {
  readonly says?: string;
  readonly head: string;
  readonly lines: readonly string[];
}

function functionText({ says, head, lines }: FunctionParts): string {
  const comment = says === undefined ? '' : `/** ${says} */\n`;
  return `${comment}${head}\n{\n${lines.map((line) => `${INDENT}${line}\n`).join('')}}`;
}

/** Constants have capitals only. */
function variable(name: string): string {
  return name === name.toUpperCase() ? name : `$${name}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

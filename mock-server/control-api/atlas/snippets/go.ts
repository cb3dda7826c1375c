/** A plan as a program for Go. */
import type { BuiltRequest, ControlCall, Plan, Step } from '../plan.js';
import type { Made } from '../request-plan.js';
import { GO_FUNCTIONS } from './go-functions.js';
import { assignmentsOf, called, joined, needed, opening, type Part } from './program.js';
import { objectText, type Syntax, valueText } from './syntax.js';

const SYNTAX: Syntax = {
  text: quoted,
  repeated: (character, times) => `strings.Repeat(${quoted(character)}, ${times})`,
  null: 'nil',
  boolean: String,
  list: (items) => `[]string{${items}}`,
  object: { open: 'object{', close: '}' },
  key: (name) => `${quoted(name)}: `,
  name: goName,
  indent: '\t',
  aligned: true,
};

export function goProgram(plan: Plan, run: string): string {
  const main = mainOf(plan);
  const { imports, constants, shared, body } = needed(plan, main, {
    functions: functionsOf(plan),
    shared: SHARED,
    imports: IMPORTS,
    nameOf: goName,
  });
  return joined([
    `${opening(plan, { start: '// ', needs: 'Go 1.18 or newer, standard library only', run })}\npackage main`,
    `import (\n${imports.map((path) => `\t${quoted(path)}\n`).join('')})`,
    ...shared,
    constantsText(constants),
    main,
    ...body,
  ]);
}

const IMPORTS: readonly Part[] = [
  ...['crypto', 'crypto/hmac', 'crypto/md5', 'crypto/rand', 'crypto/rsa', 'crypto/sha256', 'crypto/x509'],
  ...['encoding/base64', 'encoding/hex', 'encoding/json', 'fmt', 'io', 'log', 'net/http', 'os', 'strings', 'time'],
].map((path) => ({ mark: new RegExp(`\\b${path.split('/').at(-1)}\\.`), text: path }));

const SHARED: readonly Part[] = [
  { mark: /\bobject\b/, text: 'type object = map[string]any' },
  {
    mark: /\bcontrolToken\b/,
    text: `// The mock asks for its control token, which is not written here.
var controlToken = os.Getenv("CMPASSPORT_CONTROL_TOKEN")`,
  },
];

function constantsText(constants: Plan['constants']): string {
  const width = Math.max(...constants.map(({ name }) => goName(name).length));
  const lines = constants.map(({ name, text }) => `${goName(name).padEnd(width)} = ${quoted(text)}`);
  return lines.length === 1 ? `const ${lines.join('')}` : `const (\n${lines.map((line) => `\t${line}\n`).join('')})`;
}

function mainOf({ steps, sends, decrypts }: Plan): string {
  if (sends.kind === 'given') {
    return functionText({ head: 'func main()', lines: [`fmt.Println(call(${goName(sends.body?.name ?? '')}))`] });
  }
  const token = sends.token === undefined ? 'mint()' : goName(sends.token.name);
  return functionText({
    head: 'func main()',
    lines: [
      ...steps
        .filter(({ gives }) => gives !== 'token')
        .map(({ name, gives }) => `${gives === 'app' ? 'app := ' : ''}${name}()`),
      `answer := ${sends.name}(${token}${sends.takesApp ? ', app' : ''})`,
      'fmt.Println(answer)',
      ...(decrypts ? ['fmt.Println(decrypt(textIn(answer, "msisdn"), textIn(app, "appDecryptPrivateKey")))'] : []),
    ],
  });
}

function functionsOf(plan: Plan): readonly Part[] {
  const { steps, sends } = plan;
  return [
    ...steps.map((step) => called(step.name, stepFunction(step))),
    ...(sends.kind === 'built' ? [called(sends.name, requestFunction(sends))] : []),
    called('call', callFunction(plan)),
    called('control', controlFunction(plan)),
    ...GO_FUNCTIONS,
  ];
}

function stepFunction({ name, says, calls, gives }: Step): string {
  const texts = calls.map(controlCall);
  const last = texts.at(-1) ?? '';
  const ending = {
    app: [`return ${last}`],
    token: [`minted := ${last}`, 'return textIn(minted, "token")'],
    nothing: [last],
  }[gives ?? 'nothing'];
  return functionText({
    says,
    head: `func ${name}()${gives === undefined ? '' : ' string'}`,
    lines: [...texts.slice(0, -1), ...ending],
  });
}

function controlCall({ method, path, body }: ControlCall): string {
  const text = path.map((part) => (typeof part === 'string' ? quoted(part) : goName(part.name))).join('+');
  return `control("${method}", ${text}, ${body === undefined ? 'nil' : objectText(SYNTAX, body, '\t')})`;
}

function requestFunction({ name, msgId, sentAt, made, takesApp, fields }: BuiltRequest): string {
  return functionText({
    head: `func ${name}(token${takesApp ? ', app' : ''} string) string`,
    lines: [
      `${goName(msgId)} := newMsgID()`,
      `${sentAt} := beijingTime()`,
      ...assignmentsOf(made, { sum: sumOf, call: callOf, assign: (variable, value) => `${variable} := ${value}` }),
      `return call(toJSON(${objectText(SYNTAX, fields, '\t')}))`,
    ],
  });
}

function sumOf({ text }: Made): string {
  return text.map((value) => valueText(SYNTAX, value)).join(' + ');
}

/** Go's formatter sets a sum closer that is not the only argument. */
function callOf({ by, key }: Made, text: string): string {
  if (key === undefined) return `${goName(by)}(${text})`;
  const second = 'ofApp' in key ? `textIn(app, "${key.ofApp}")` : goName(key.name);
  return `${goName(by)}(${text.replaceAll(' + ', '+')}, ${second})`;
}

function callFunction({ sends, asksByHeader }: Plan): string {
  const isGet = sends.kind === 'given' && sends.body === undefined;
  return functionText({
    says: 'The answer of the carrier, as it was sent.',
    head: `func call(${isGet ? '' : 'body string'}) string`,
    lines: [
      ...(isGet
        ? ['request, err := http.NewRequest("GET", carrierURL, nil)', 'check(err)']
        : [
            'request, err := http.NewRequest("POST", carrierURL, strings.NewReader(body))',
            'check(err)',
            'request.Header.Set("Content-Type", "application/json")',
          ]),
      ...(asksByHeader ? ['request.Header.Set("X-Mock-Result-Code", resultCode)'] : []),
      '_, answer := send(request)',
      'return answer',
    ],
  });
}

function controlFunction({ showsControlToken }: Plan): string {
  return functionText({
    says: 'A call of the control API of the mock.',
    head: 'func control(method, path string, value object) string',
    lines: [
      'request, err := http.NewRequest(method, controlURL+path, strings.NewReader(toJSON(value)))',
      'check(err)',
      ...(showsControlToken ? ['request.Header.Set("Authorization", "Bearer "+controlToken)'] : []),
      'status, answer := send(request)',
      '// A DELETE may find nothing to remove.',
      'if status >= 400 && method != "DELETE" {',
      '\tlog.Fatal(answer)',
      '}',
      'return answer',
    ],
  });
}

interface FunctionParts {
  readonly says?: string;
  readonly head: string;
  readonly lines: readonly string[];
}

function functionText({ says, head, lines }: FunctionParts): string {
  const comment = says === undefined ? '' : `// ${says}\n`;
  return `${comment}${head} {\n${lines.map((line) => `\t${line}\n`).join('')}}`;
}

/** Go writes initials in capitals: `APP_ID` is `appID`, `sha256WithRsa` is `sha256WithRSA`. */
function goName(name: string): string {
  const camel =
    name === name.toUpperCase() ? name.toLowerCase().replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()) : name;
  return camel.replace(/(?:Id|Url|Rsa|Sha)(?![a-z])/g, (initials) => initials.toUpperCase());
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

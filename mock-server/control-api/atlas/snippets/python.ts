/** A plan as a program for Python. */
import type { BuiltRequest, ControlCall, Plan, Step } from '../plan.js';
import type { Made } from '../request-plan.js';
import { assignmentsOf, called, functions, joined, needed, opening, type Part, snakeCase } from './program.js';
import { PYTHON_RSA } from './python-rsa.js';
import { objectText, type Syntax, valueText } from './syntax.js';

const SYNTAX: Syntax = {
  text: JSON.stringify,
  repeated: (character, times) => `${JSON.stringify(character)} * ${times}`,
  null: 'None',
  boolean: (value) => (value ? 'True' : 'False'),
  list: (items) => `[${items}]`,
  object: { open: '{', close: '}' },
  key: (name) => `${JSON.stringify(name)}: `,
  name: snakeUnlessConstant,
  indent: '    ',
};

const INDENT = '    ';
/** Between functions. */
const GAP = '\n\n\n';

export function pythonProgram(plan: Plan, run: string): string {
  const main = mainOf(plan);
  const { imports, constants, shared, body } = needed(plan, main, {
    functions: functionsOf(plan),
    shared: SHARED,
    imports: IMPORTS,
  });
  const head = [
    `"""${opening(plan, { start: '', needs: 'Python 3.8 or newer, standard library only', run })}"""`,
    ...imports,
    '',
    ...constants.map(({ name, text }) => `${name} = ${JSON.stringify(text)}`),
    ...shared,
  ];
  return joined([head.join('\n'), ...body, main], GAP);
}

const IMPORTS: readonly Part[] = [
  ...['base64', 'hashlib', 'hmac', 'json', 'os', 'secrets', 'sys', 'urllib.error', 'urllib.request', 'uuid'].map(
    (name) => ({ mark: new RegExp(`\\b${name.replace('.', '\\.')}\\.`), text: `import ${name}` }),
  ),
  { mark: /\bdatetime\b/, text: 'from datetime import datetime, timedelta, timezone' },
];

const SHARED: readonly Part[] = [
  {
    mark: /\bCONTROL_TOKEN\b/,
    text: `# The mock asks for its control token, which is not written here.
CONTROL_TOKEN = os.environ["CMPASSPORT_CONTROL_TOKEN"]`,
  },
];

function mainOf({ steps, sends, decrypts }: Plan): string {
  const lines =
    sends.kind === 'given'
      ? [`print(call(${sends.body?.name ?? ''}))`]
      : [
          ...steps
            .filter(({ gives }) => gives !== 'token')
            .map(({ name, gives }) => `${gives === 'app' ? 'app = ' : ''}${snakeCase(name)}()`),
          `answer = ${sends.name}(${sends.token?.name ?? 'mint()'}${sends.takesApp ? ', app' : ''})`,
          'print(answer)',
          ...(decrypts ? ['print(decrypt(json.loads(answer)["msisdn"], app["appDecryptPrivateKey"]))'] : []),
        ];
  return block('if __name__ == "__main__":', lines);
}

function functionsOf(plan: Plan): readonly Part[] {
  const { steps, sends } = plan;
  return [
    ...steps.map((step) => called(snakeCase(step.name), stepFunction(step))),
    ...(sends.kind === 'built' ? [called(sends.name, requestFunction(sends))] : []),
    ...FUNCTIONS,
    ...PYTHON_RSA,
    called('call', callFunction(plan)),
    called('control', controlFunction(plan)),
  ];
}

function stepFunction({ name, says, calls, gives }: Step): string {
  const texts = calls.map(controlCall);
  const last = texts.at(-1) ?? '';
  const ending = { app: `return ${last}`, token: `return ${last}["token"]`, nothing: last }[gives ?? 'nothing'];
  return block(`def ${snakeCase(name)}():`, [`"""${says}"""`, ...texts.slice(0, -1), ending]);
}

function controlCall({ method, path, body }: ControlCall): string {
  const isPlain = path.every((part) => typeof part === 'string');
  const text = path.map((part) => (typeof part === 'string' ? part : `{${part.name}}`)).join('');
  const value = body === undefined ? '' : `, ${objectText(SYNTAX, body, INDENT)}`;
  return `control("${method}", ${isPlain ? '' : 'f'}"${text}"${value})`;
}

function requestFunction({ name, msgId, sentAt, made, takesApp, fields }: BuiltRequest): string {
  return block(`def ${name}(token${takesApp ? ', app' : ''}):`, [
    `${snakeCase(msgId)} = uuid.uuid4().hex`,
    `${sentAt} = beijing_time()`,
    ...assignmentsOf(made, {
      sum: sumOf,
      call: callOf,
      assign: (variable, value) => `${snakeCase(variable)} = ${value}`,
    }),
    `fields = ${objectText(SYNTAX, fields, INDENT)}`,
    'return call(json.dumps(fields))',
  ]);
}

function sumOf({ text }: Made): string {
  return text.map((value) => valueText(SYNTAX, value)).join(' + ');
}

function callOf({ by, key }: Made, text: string): string {
  if (key === undefined) return `${snakeCase(by)}(${text})`;
  return `${snakeCase(by)}(${text}, ${'ofApp' in key ? `app["${key.ofApp}"]` : key.name})`;
}

const FUNCTIONS = functions({
  md5_hex: `def md5_hex(text):
    return hashlib.md5(text.encode()).hexdigest().upper()`,
  sha256_hex: `def sha256_hex(text):
    return hashlib.sha256(text.encode()).hexdigest().upper()`,
  hmac_sha256_hex: `def hmac_sha256_hex(text, key):
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest().upper()`,
  beijing_time: `def beijing_time():
    """17 digits, yyyyMMddHHmmssSSS."""
    return datetime.now(timezone(timedelta(hours=8))).strftime("%Y%m%d%H%M%S%f")[:17]`,
});

function callFunction({ sends, asksByHeader }: Plan): string {
  const isGet = sends.kind === 'given' && sends.body === undefined;
  const asks = asksByHeader ? ', "X-Mock-Result-Code": RESULT_CODE' : '';
  const request = isGet
    ? []
    : [
        `headers = {"Content-Type": "application/json"${asks}}`,
        'request = urllib.request.Request(CARRIER_URL, body.encode(), headers)',
      ];
  return block(`def call(${isGet ? '' : 'body'}):`, [
    '"""The answer of the carrier, as it was sent."""',
    ...request,
    `with urllib.request.urlopen(${isGet ? 'CARRIER_URL' : 'request'}) as response:`,
    '    return response.read().decode()',
  ]);
}

function controlFunction({ showsControlToken }: Plan): string {
  const token = showsControlToken ? ', "Authorization": f"Bearer {CONTROL_TOKEN}"' : '';
  return `def control(method, path, value=None):
    """A call of the control API of the mock."""
    headers = {"Content-Type": "application/json"${token}}
    body = None if value is None else json.dumps(value).encode()
    request = urllib.request.Request(CONTROL_URL + path, body, headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return json.loads(response.read() or "null")
    except urllib.error.HTTPError as refused:
        # A DELETE may find nothing to remove.
        if method != "DELETE":
            sys.exit(refused.read().decode())`;
}

function block(head: string, lines: readonly string[]): string {
  return [head, ...lines.map((line) => INDENT + line)].join('\n');
}

/** Constants have capitals only. */
function snakeUnlessConstant(name: string): string {
  return name === name.toUpperCase() ? name : snakeCase(name);
}

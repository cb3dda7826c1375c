/** A plan as a program for Java. */
import type { BuiltRequest, ControlCall, Plan, Step } from '../plan.js';
import type { Made } from '../request-plan.js';
import type { Field } from '../values.js';
import { JAVA_FUNCTIONS } from './java-functions.js';
import { jsonExpression } from './java-json.js';
import { assignmentsOf, called, joined, needed, opening, type Part } from './program.js';

const CLASS = 'ResultCode';
const INDENT = '    ';

export function javaProgram(plan: Plan, run: string): string {
  const main = mainOf(plan);
  const { imports, constants, shared, body } = needed(plan, main, {
    functions: functionsOf(plan),
    shared: SHARED,
    imports: IMPORTS,
  });
  const fields = constants.map(({ name, text }) => `static final String ${name} = ${JSON.stringify(text)};`);
  const members = joined([[...fields, ...shared].join('\n'), main, ...body]);
  const top = opening(plan, { start: '// ', needs: 'Java 11 or newer, standard library only', run });
  return joined([[top, ...imports].join('\n'), `public class ${CLASS} {\n${indented(members)}}`]);
}

const IMPORTS: readonly Part[] = [
  'java.net.URI',
  ...['HttpClient', 'HttpRequest', 'HttpRequest.BodyPublishers', 'HttpResponse', 'HttpResponse.BodyHandlers'].map(
    (name) => `java.net.http.${name}`,
  ),
  ...['java.nio.charset.StandardCharsets', 'java.security.KeyFactory', 'java.security.MessageDigest'],
  ...['java.security.PrivateKey', 'java.security.PublicKey', 'java.security.Signature'],
  ...['java.security.spec.PKCS8EncodedKeySpec', 'java.security.spec.X509EncodedKeySpec'],
  ...['java.time.ZoneId', 'java.time.ZonedDateTime', 'java.time.format.DateTimeFormatter'],
  ...['java.util.Base64', 'java.util.UUID', 'java.util.regex.Matcher', 'java.util.regex.Pattern'],
  ...['javax.crypto.Cipher', 'javax.crypto.Mac', 'javax.crypto.spec.SecretKeySpec'],
].map((name) => ({ mark: new RegExp(`\\b${name.split('.').at(-1)}\\b`), text: `import ${name};` }));

const SHARED: readonly Part[] = [
  {
    mark: /\bCONTROL_TOKEN\b/,
    text: `// The mock asks for its control token, which is not written here.
static final String CONTROL_TOKEN = System.getenv("CMPASSPORT_CONTROL_TOKEN");`,
  },
  { mark: /\bHTTP\b/, text: 'static final HttpClient HTTP = HttpClient.newHttpClient();' },
];

function mainOf({ steps, sends, decrypts }: Plan): string {
  const lines =
    sends.kind === 'given'
      ? [`System.out.println(call(${sends.body?.name ?? ''}));`]
      : [
          ...steps
            .filter(({ gives }) => gives !== 'token')
            .map(({ name, gives }) => `${gives === 'app' ? 'String app = ' : ''}${name}();`),
          `String answer = ${sends.name}(${sends.token?.name ?? 'mint()'}${sends.takesApp ? ', app' : ''});`,
          'System.out.println(answer);',
          ...(decrypts
            ? ['System.out.println(decrypt(textIn(answer, "msisdn"), textIn(app, "appDecryptPrivateKey")));']
            : []),
        ];
  return methodText({ head: 'public static void main(String[] args)', lines });
}

function functionsOf(plan: Plan): readonly Part[] {
  const { steps, sends } = plan;
  return [
    ...steps.map((step) => called(step.name, stepMethod(step))),
    ...(sends.kind === 'built' ? [called(sends.name, requestMethod(sends))] : []),
    called('call', callMethod(plan)),
    called('control', controlMethod(plan)),
    ...JAVA_FUNCTIONS,
  ];
}

function stepMethod({ name, says, calls, gives }: Step): string {
  const last = calls.map(callText).at(-1) ?? '';
  const ending = {
    app: [`return ${last};`],
    token: [`String minted = ${last};`, 'return textIn(minted, "token");'],
    nothing: [`${last};`],
  }[gives ?? 'nothing'];
  return methodText({
    says,
    head: `static ${gives === undefined ? 'void' : 'String'} ${name}()`,
    lines: [
      ...calls.slice(0, -1).map((call) => `${callText(call)};`),
      ...calls.flatMap(({ body }) => (body === undefined ? [] : [bodyText(body)])),
      ...ending,
    ],
  });
}

function callText({ method, path, body }: ControlCall): string {
  const text = path.map((part) => (typeof part === 'string' ? JSON.stringify(part) : part.name)).join(' + ');
  return `control("${method}", ${text}, ${body === undefined ? '""' : 'body'})`;
}

function bodyText(fields: readonly Field[]): string {
  return `String body = ${jsonExpression(fields)};`;
}

function requestMethod({ name, msgId, sentAt, made, takesApp, fields }: BuiltRequest): string {
  return methodText({
    head: `static String ${name}(String token${takesApp ? ', String app' : ''})`,
    lines: [
      `String ${msgId} = UUID.randomUUID().toString();`,
      `String ${sentAt} = beijingTime();`,
      ...assignmentsOf(made, {
        sum: sumOf,
        call: callOf,
        assign: (variable, value) => `String ${variable} = ${value};`,
      }),
      bodyText(fields),
      'return call(body);',
    ],
  });
}

function sumOf({ text }: Made): string {
  return text.map((value) => ('name' in value ? value.name : JSON.stringify(value.json))).join(' + ');
}

function callOf({ by, key }: Made, text: string): string {
  if (key === undefined) return `${by}(${text})`;
  return `${by}(${text}, ${'ofApp' in key ? `textIn(app, "${key.ofApp}")` : key.name})`;
}

function callMethod({ sends, asksByHeader }: Plan): string {
  const isGet = sends.kind === 'given' && sends.body === undefined;
  return methodText({
    says: 'The answer of the carrier, as it was sent.',
    head: `static String call(${isGet ? '' : 'String body'})`,
    lines: [
      `HttpRequest request = HttpRequest.newBuilder(URI.create(CARRIER_URL))${isGet ? '.build();' : ''}`,
      ...(isGet ? [] : [`${INDENT}.header("Content-Type", "application/json")`]),
      ...(asksByHeader ? [`${INDENT}.header("X-Mock-Result-Code", RESULT_CODE)`] : []),
      ...(isGet ? [] : [`${INDENT}.POST(BodyPublishers.ofString(body))`, `${INDENT}.build();`]),
      'return HTTP.send(request, BodyHandlers.ofString()).body();',
    ],
  });
}

function controlMethod({ showsControlToken }: Plan): string {
  return methodText({
    says: 'A call of the control API of the mock.',
    head: 'static String control(String method, String path, String body)',
    lines: [
      'HttpRequest request = HttpRequest.newBuilder(URI.create(CONTROL_URL + path))',
      ...(showsControlToken ? [`${INDENT}.header("Authorization", "Bearer " + CONTROL_TOKEN)`] : []),
      `${INDENT}.method(method, BodyPublishers.ofString(body))`,
      `${INDENT}.build();`,
      'HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());',
      '// A DELETE may find nothing to remove.',
      'if (response.statusCode() >= 400 && !method.equals("DELETE")) throw new IllegalStateException(response.body());',
      'return response.body();',
    ],
  });
}

interface MethodParts {
  readonly says?: string;
  readonly head: string;
  readonly lines: readonly string[];
}

function methodText({ says, head, lines }: MethodParts): string {
  const comment = says === undefined ? '' : `/** ${says} */\n`;
  return `${comment}${head} throws Exception {\n${indented(`${lines.join('\n')}\n`)}}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, INDENT);
}

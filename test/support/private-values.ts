/** Finds what a published calibration must not contain, in each of its texts. */

/** What a field may contain. Its other values are private. */
interface HiddenField {
  readonly kind: string;
  readonly name: RegExp;
  readonly allowed: RegExp;
}

const HIDDEN_FIELDS: readonly HiddenField[] = [
  // The others are the unknown apps of the contract's cases.
  {
    kind: 'appId',
    name: /appid/i,
    allowed: /^(?:\[hidden\]|399999999999|300099999999|30{17})?$/,
  },
  // The malformed tokens of the contract's cases begin with another prefix, or are the word.
  {
    kind: 'token',
    name: /token|accessToken/,
    allowed: /^(?:\[hidden\]|(?:STsid)?….{0,7}|YZsid0{6}1{13}A{32}|token)?$/,
  },
  { kind: 'signature', name: /sign/, allowed: /^(?:\[hidden\])?$/ },
  { kind: 'phone number', name: /phoneNum|msisdn/, allowed: /^(?:\[hidden\]|\d{3}\*{4}\d{4})?$/ },
];

/** Ids and times, which are not private but long. */
const IDS = /"(?:msgid|inresponseto|taskId|systemtime|timestamp)\\?"\s*:\s*\\?"[^"]*"/gi;
const UNKNOWN_TOKEN = /YZsid0{6}1{13}A{32}/g;

const HIDDEN_TEXTS = [
  { kind: 'key', pattern: /-----BEGIN|\bMI[IGC][0-9A-Za-z+/]{30,}/ },
  { kind: 'token', pattern: /STsid[0-9A-Za-z]{5,}/ },
  { kind: 'phone number', pattern: /(?<![0-9A-Za-z])(?:(?:00|\+)?86)?1[3-9]\d{9}(?![0-9A-Za-z])/ },
  { kind: 'address', pattern: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/ },
  // A secret, a digest or a ciphertext.
  { kind: 'secret', pattern: /(?=[0-9+=]*[A-Za-z])(?=[A-Za-z+=]*\d)[0-9A-Za-z+=]{24,}/ },
];

/** The kind and the place of each private value: `token at /evidence/mistakes-1/request`. */
export function privateValuesIn(value: unknown, at = ''): readonly string[] {
  if (typeof value === 'string') return kindsIn(value).map((kind) => `${kind} at ${at}`);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) => [
    ...kindsIn(name).map((kind) => `${kind} at a name of ${at}`),
    ...privateValuesIn(member, `${at}/${name}`),
  ]);
}

function kindsIn(text: string): readonly string[] {
  const rest = text.replace(IDS, '').replace(UNKNOWN_TOKEN, '');
  const found = [
    ...HIDDEN_FIELDS.filter((field) => valuesOf(field, text).some((one) => !isAllowed(field, one))),
    ...HIDDEN_TEXTS.filter(({ pattern }) => pattern.test(rest)),
  ];
  return [...new Set(found.map(({ kind }) => kind))];
}

/** As a member of JSON, also of JSON in JSON, or as an HTTP header. */
function valuesOf({ name }: HiddenField, text: string): readonly string[] {
  const member = new RegExp(
    `"(?:${name.source})\\\\?"\\s*:\\s*(?:\\\\?"([^"\\\\]*)|(\\d+))`,
    `g${name.flags}`,
  );
  const header = new RegExp(`^(?:${name.source}): (.*)$`, `gm${name.flags}`);
  return [
    ...Array.from(text.matchAll(member), ([, quoted, number]) => quoted ?? number ?? ''),
    ...Array.from(text.matchAll(header), ([, value = '']) => value),
  ];
}

function isAllowed({ allowed }: HiddenField, value: string): boolean {
  return allowed.test(value);
}

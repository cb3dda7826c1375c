/** What an expectation compares: the rule of each row of judgement, and how grave a difference from it is. */

/** The gravest first. Of the strictest differences, the gravest is the cause; a form is never one. */
export const GRAVITIES = ['effect', 'encryption', 'echo', 'status', 'refusal', 'form'] as const;
export type Gravity = (typeof GRAVITIES)[number];

/** Public ids, which the JSON report has. */
const RULES = {
  /** The result: its code, its rule at a mock, its number; whether there is one. */
  code: 'effect',
  'earlier-code': 'effect',
  json: 'effect',
  'decided-by': 'effect',
  number: 'effect',
  /** How many simultaneous calls succeed, the token, the charge. */
  count: 'effect',
  'token-used': 'effect',
  charged: 'effect',
  'access-token': 'effect',
  decrypted: 'encryption',
  padding: 'encryption',
  /** The msgid; then the other fields of the request that a response repeats. */
  msgid: 'echo',
  'echoed-field': 'echo',
  'http-status': 'status',
  /** Another refusal than the expected one, where the document does not name it. */
  'refusal-code': 'refusal',
  /** A response of an HTTP server or a framework instead of the carrier's refusal. */
  page: 'refusal',
  schema: 'form',
  present: 'form',
  absent: 'form',
  null: 'form',
  fresh: 'form',
  time: 'form',
  text: 'form',
  charset: 'form',
  /** What a client does, and what it sends. */
  behaviour: 'effect',
  request: 'effect',
} as const satisfies Readonly<Record<string, Gravity>>;

export type RuleId = keyof typeof RULES;

export function gravityOf(rule: RuleId): Gravity {
  return RULES[rule];
}

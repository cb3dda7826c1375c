/** How to get a code by its cause, in words: the differences from a request that succeeds. */
import { fieldsOf, type Texts } from '../../src/protocol/fields.js';
import type { Operation } from '../../src/protocol/operations.js';
import { type Bilingual, joined, listed } from '../../src/text/bilingual.js';
import type { Subscriber } from '../carrier/outcomes/test-numbers.js';
import { type Code, type Recipe, recipeFor } from '../control-api/atlas/recipes.js';

interface Context {
  readonly operation: Operation;
  readonly subscribers: readonly Subscriber[];
}

type Step = (recipe: Recipe, context: Context) => Bilingual | '' | undefined;

/** In their order: the app, its token, the request. */
const STEPS: readonly Step[] = [
  ({ app }) => {
    if (app === undefined) return undefined;
    const settings = `\`${JSON.stringify(app)}\``;
    return { en: `use an app with ${settings}`, zh: `应用设为 ${settings}` };
  },
  ({ capability }) => {
    if (capability === undefined) return undefined;
    const setting = `\`"capability":"${capability}"\``;
    return { en: `get a token with ${setting}`, zh: `签发 token 时传 ${setting}` };
  },
  ({ tokenOfAnotherApp }) =>
    tokenOfAnotherApp && { en: 'send a token of another app', zh: '发另一个应用的 token' },
  ({ failure }, { subscribers }) => {
    const row = failure && subscribers.find((each) => each.failure === failure);
    if (row === undefined) return undefined;
    const number = `\`${row.phoneNumber}\``;
    return {
      en: `get a token for the test number ${number}`,
      zh: `用测试号码 ${number} 签发的 token`,
    };
  },
  ({ anotherNumber }) =>
    anotherNumber && {
      en: 'send another number than that of the token',
      zh: '校验的号码不是 token 对应的号码',
    },
  ({ fields }, { operation }) => {
    const list = fields && fieldList(operation, fields);
    return list && { en: `send ${list.en}`, zh: `传 ${list.zh}` };
  },
  ({ method }) => method && { en: `use the method ${method}`, zh: `请求方法用 ${method}` },
  ({ body }) => body && { en: `send the body \`${body}\``, zh: `请求体发 \`${body}\`` },
];

/** Any other wrong value has the same effect as the rest of a long one. */
const SHOWN_LENGTH_MAX = 24;

/** The fields that the operation has. */
function fieldList(operation: Operation, texts: Texts): Bilingual {
  const fields = fieldsOf(operation).flatMap(({ name, property }) => {
    const text = texts[property];
    return text === undefined ? [] : [`\`"${name}":"${shortened(text)}"\``];
  });
  return listed(fields);
}

function shortened(text: string): string {
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
}

/** undefined if only a test can cause the code. */
export function recipeWords(code: Code, subscribers: readonly Subscriber[]): Bilingual | undefined {
  const recipe = recipeFor(code);
  if (recipe === undefined) return undefined;
  const context = { operation: code.operation, subscribers };
  const steps = STEPS.flatMap((step) => step(recipe, context) || []);
  if (steps.length === 0) return { en: 'send a correct request', zh: '发一个正确的请求' };
  return joined(steps, { en: '; ', zh: '；' });
}

/** /_mock/result-codes: the atlas of every code and the ways to it, and the programs that take one of them. */
import type { Bilingual } from '../../src/protocol/bilingual.js';
import { SIGNINGS } from '../../src/protocol/fields.js';
import { RESULTS } from '../../src/protocol/result-codes.js';
import { listAppsIn } from '../carrier/apps/apps.js';
import { quote } from '../schemas/schema-problem.js';
import { atlas, beyond } from './atlas/atlas.js';
import { WAY_NAMES } from './atlas/choices.js';
import type { Target } from './atlas/commands.js';
import type { Wish } from './atlas/program-facts.js';
import { snippetsFor } from './atlas/programs.js';
import { APP_ID_PREFIX, recipeRow } from './atlas/recipes.js';
import { operationNamed } from './operation-named.js';
import { ownAddress, plainAddress } from './own-address.js';
import { Problem } from './problem.js';
import { choiceQuery } from './query.js';
import { type Call, json, type Route } from './route.js';

export const RESULT_CODES_ROUTES: readonly Route[] = [
  {
    method: 'get',
    path: '/_mock/result-codes',
    who: 'server',
    id: 'listResultCodes',
    tag: 'Server',
    summary: 'Every result code, its cause, and a curl command for each way to it',
    output: json('ResultCodes'),
    handle: async (call) => {
      const target = await targetOf(call, ownAddress(call.request));
      return { codes: atlas(target), beyond: beyond(target) };
    },
  },
  {
    method: 'get',
    path: '/_mock/result-codes/:operation/:code/snippets',
    who: 'server',
    id: 'getSnippets',
    tag: 'Server',
    summary: 'Programs that get a result code, in Java, Go, PHP, Python and Node, ready to run',
    query: ['way', 'signing'],
    output: json('Snippets'),
    handle: async (call) => {
      const wish = wishIn(call);
      const url = plainAddress(call.request, call.options.httpPort?.());
      const snippets = await snippetsFor(wish, await targetOf(call, url));
      if (snippets === undefined) throw new Problem(404, notHere(wish));
      return { ...wish, snippets };
    },
  },
];

/** `controlUrl`: the control API's address. */
async function targetOf({ carrier, options, scope }: Call, controlUrl: string): Promise<Target> {
  const { controlToken, carrierUrl } = options;
  // The commands create their own apps anew each time.
  const other = (await listAppsIn(carrier, scope)).find(({ settings }) => !settings.appId.startsWith(APP_ID_PREFIX));
  return {
    url: carrierUrl?.() ?? controlUrl,
    controlUrl,
    controlToken,
    nowMs: carrier.clock.nowMs(),
    subscribers: carrier.settings.subscribers,
    readings: carrier.settings.readings,
    otherApp: other && { appId: other.settings.appId, shortId: other.shortId },
  };
}

function wishIn({ params, query }: Call): Wish {
  const operation = operationNamed(params.operation);
  const codes = RESULTS[operation].map(({ code }) => code);
  const { code } = params;
  if (!codes.includes(code)) {
    throw new Problem(404, {
      en: `no result code ${quote(code)} of ${operation}: there are ${codes.join(', ')}`,
      zh: `${operation} 没有返回码 ${quote(code)}，有：${codes.join('、')}`,
    });
  }
  return {
    operation,
    code,
    way: choiceQuery(query, { name: 'way', choices: WAY_NAMES }),
    signing: choiceQuery(query, { name: 'signing', choices: SIGNINGS[operation] }),
  };
}

function notHere(wish: Wish): Bilingual {
  const persona = recipeRow(wish)?.recipe.persona;
  const lacking: Bilingual =
    persona === undefined
      ? { en: 'without a persona', zh: '不带 persona 的号码' }
      : { en: `whose persona is ${quote(persona)}`, zh: ` persona 为 ${quote(persona)} 的号码` };
  return {
    en: `this server cannot answer ${wish.code} the genuine way: it has no subscriber ${lacking.en}`,
    zh: `本服务无法真实地返回 ${wish.code}：没有${lacking.zh}`,
  };
}

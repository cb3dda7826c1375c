/** /_mock/result-codes: the atlas of all codes with a command for each way to get them, and programs that get a code. */

import { SIGNINGS } from '../../src/protocol/fields.js';
import { RESULTS } from '../../src/protocol/result-codes.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { quote } from '../../src/text/shown-json.js';
import { listAppsIn } from '../carrier/apps/apps.js';
import { atlas, beyondCodes } from './atlas/atlas.js';
import { WAY_NAMES } from './atlas/choices.js';
import type { Target } from './atlas/commands.js';
import type { Selection } from './atlas/program-facts.js';
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
    summary: 'Every result code, its cause, and a curl command for each way to get it',
    output: json('ResultCodes'),
    handle: async (call) => {
      const target = await targetOf(call, ownAddress(call.request));
      return { codes: atlas(target), beyond: beyondCodes(target) };
    },
  },
  {
    method: 'get',
    path: '/_mock/result-codes/:operation/:code/snippets',
    who: 'server',
    id: 'getSnippets',
    tag: 'Server',
    summary: 'Complete programs that get a result code, in Java, Go, PHP, Python and Node',
    query: ['way', 'signing'],
    output: json('Snippets'),
    handle: async (call) => {
      const selection = selectionOf(call);
      const url = plainAddress(call.request, call.options.httpPort?.());
      const snippets = await snippetsFor(selection, await targetOf(call, url));
      if (snippets === undefined) throw new Problem(404, noSubscriberFor(selection));
      return { ...selection, snippets };
    },
  },
];

/** @param controlUrl the control API's address */
async function targetOf({ carrier, options, scope }: Call, controlUrl: string): Promise<Target> {
  const { controlToken, carrierUrl } = options;
  // Not an app of the commands themselves: they delete and create their apps each time.
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

function selectionOf({ params, query }: Call): Selection {
  const operation = operationNamed(params.operation);
  const codes = RESULTS[operation].map(({ code }) => code);
  const { code } = params;
  if (!codes.includes(code)) {
    throw new Problem(404, {
      en: `${operation} has no result code ${quote(code)}: use one of ${codes.join(', ')}`,
      zh: `${operation} 没有返回码 ${quote(code)}：可用 ${codes.join('、')}`,
    });
  }
  return {
    operation,
    code,
    way: choiceQuery(query, { name: 'way', choices: WAY_NAMES }),
    signing: choiceQuery(query, { name: 'signing', choices: SIGNINGS[operation] }),
  };
}

function noSubscriberFor(selection: Selection): Bilingual {
  const persona = recipeRow(selection)?.recipe.persona;
  const missing: Bilingual =
    persona === undefined
      ? { en: 'without `persona`', zh: '没有 `persona` 的号码' }
      : { en: `with \`persona\` ${quote(persona)}`, zh: ` \`persona\` 为 ${quote(persona)} 的号码` };
  return {
    en: `this server cannot return ${selection.code} by its cause: its configuration has no subscriber ${missing.en}. Use the way "magic", "header" or "script"`,
    zh: `模拟服务无法真实触发 ${selection.code}：配置里没有${missing.zh}。请把 way 改为 magic、header 或 script`,
  };
}

/** A call of a capability that is not enabled for the app. The document, 1.4 105019 and 2.5 103420. */
import { OPERATION_WORDS } from '../field-words.js';
import type { FindingRow } from '../finding.js';

export const CAPABILITY_FINDINGS: readonly FindingRow[] = [
  {
    id: 'capability.missing',
    inLog: true,
    explains: ['capabilityGranted'],
    title: { en: 'The capability is not enabled for the app', zh: '应用没有勾选这项能力' },
    detail: {
      en: 'The call needs the capability {expected}, called {name} in the developer portal. Enabled for the app: “{received}”. Enable {name} in the developer portal.',
      zh: '调用这个接口需要“{name}”能力（{expected}），应用勾选的能力是“{received}”。请到开发者社区为应用勾选。',
    },
    detect: ({ request: { operation }, state: { app } }) =>
      app === undefined || app.capabilities.has(operation)
        ? []
        : [
            {
              received: app.settings.capabilities.join(', '),
              expected: operation,
              name: OPERATION_WORDS[operation].name.zh,
            },
          ],
  },
];

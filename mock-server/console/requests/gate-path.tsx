/** The checks in order: passed, failed or not reached. */
import type { Explanation } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { Panel } from '../parts/panel.js';
import { localized } from '../state/language.js';
import { operationRow } from '../state/server-data.js';

const SYMBOLS = { met: '✓', unmet: '✗', 'not reached': '·' } as const;
const CLASSES = { met: 'met', unmet: 'unmet', 'not reached': 'not-reached' } as const;

export function GatePath({ explanation: { gates, operation } }: { readonly explanation: Explanation }) {
  const rules = operationRow(operation)?.rules ?? [];
  return (
    <Panel title={t('gates.title')}>
      <p class="hint">{t('gates.lead')}</p>
      <ol class="gates">
        {gates.map(({ requires, otherwise, basis, outcome }) => {
          const words = rules.find((rule) => rule.requires === requires);
          const text = words === undefined ? requires : localized(outcome === 'unmet' ? words.unmet : words.met);
          return (
            <li key={requires} class={CLASSES[outcome]}>
              <span class="gate-sign" aria-hidden="true">
                {SYMBOLS[outcome]}
              </span>
              <span class="off-screen">{t(`gates.${CLASSES[outcome]}`)}</span>
              <span class="gate-words">{text}</span>
              {outcome === 'unmet' && <CodeBadge operation={operation} code={otherwise} withWords={false} />}
              <span class="basis" title={t(`basis.${basis}.long`)}>
                {t(`basis.${basis}`)}
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

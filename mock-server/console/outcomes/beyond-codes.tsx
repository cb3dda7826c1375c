/** Codes outside the document: their source, the client's next step, and a command for each. */
import { pair, t } from '../messages/message.js';
import { ShellText } from '../parts/shell-text.js';
import { language, localized } from '../state/language.js';
import { atlas, OPERATIONS } from '../state/server-data.js';

export function BeyondCodes() {
  const rows = atlas.value?.beyond ?? [];
  return (
    <details class="beyond">
      <summary>{t('beyond.title')}</summary>
      <p class="hint">{t('beyond.lead')}</p>
      <ul>
        {rows.map(({ code, desc, descEn, side, source, nextStep, curl }) => (
          <li key={code}>
            <details>
              <summary>
                <span class="badge bad">{code}</span> {language.value === 'zh' ? desc : descEn}
              </summary>
              <dl class="facts">
                <div>
                  <dt>{t('beyond.source')}</dt>
                  <dd>{pair(localized(source), 'semicolon', t(`beyond.${side}`))}</dd>
                </div>
                <div>
                  <dt>{t('atlas.client')}</dt>
                  <dd>{t(`nextStep.${nextStep}`)}</dd>
                </div>
              </dl>
              {OPERATIONS.map((operation) => (
                <ShellText key={operation} text={curl[operation]} name={`curl ${operation}`} />
              ))}
            </details>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The known mistakes that a request makes, in plain words, with what shows them. */
import type { Explanation } from '../api/schemas.js';
import type { MessageId } from '../messages/en.js';
import { evidenceName, t } from '../messages/message.js';
import { isSuccess } from '../parts/code-badge.js';
import { Panel } from '../parts/panel.js';

type Finding = Explanation['findings'][number];

export function Findings({ explanation }: { readonly explanation: Explanation }) {
  const { findings } = explanation;
  return (
    <Panel title={t('findings.title')}>
      {findings.length === 0 && <p class="hint">{t(nothingFound(explanation))}</p>}
      {findings.map((finding) => (
        <FindingCard key={`${finding.id}${finding.detail}`} finding={finding} />
      ))}
    </Panel>
  );
}

function nothingFound({ forced, resultCode }: Explanation): MessageId {
  if (forced) return 'findings.forced';
  return isSuccess(resultCode) ? 'findings.clean' : 'findings.none';
}

function FindingCard({ finding: { id, title, detail, evidence } }: { readonly finding: Finding }) {
  const shown = Object.entries(evidence);
  return (
    <article class="finding">
      <h4>
        {title} <code class="finding-id">{id}</code>
      </h4>
      <p>{detail}</p>
      {shown.length > 0 && (
        <details>
          <summary>{t('findings.evidence')}</summary>
          <dl class="evidence">
            {shown.map(([name, value]) => (
              <div key={name}>
                <dt>{evidenceName(name)}</dt>
                <dd>
                  <code>{Array.isArray(value) ? value.join(', ') : String(value)}</code>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </article>
  );
}

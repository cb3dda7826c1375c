/** One code: its cause, the client's next step, and the ways to get it. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ResultCodeRow } from '../api/schemas.js';
import { pair, t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { ShellText } from '../parts/shell-text.js';
import { showOnPhone } from '../parts/show-on-phone.js';
import { Tabs } from '../parts/tabs.js';
import { language, localized } from '../state/language.js';
import { Programs } from './programs.js';

interface CodePanelProps {
  readonly row: ResultCodeRow;
  /** Whether the user chose it. Then a narrow screen scrolls to it. */
  readonly isChosen: boolean;
}

export function CodePanel({ row, isChosen }: CodePanelProps) {
  useEffect(() => {
    if (isChosen) showOnPhone('.code-panel');
  }, [isChosen]);
  const { operation, code, cause, basis, decidedBy, charged, usesToken, nextStep } = row;
  return (
    <article class="code-panel">
      <h3>
        <CodeBadge operation={operation} code={code} />
      </h3>
      {language.value !== 'zh' && (
        <p lang="zh-CN" class="hint">
          {row.desc}
        </p>
      )}
      <dl class="facts">
        <div>
          <dt>{t('atlas.cause')}</dt>
          <dd>{localized(cause)}</dd>
        </div>
        <div>
          <dt>{t('atlas.basis')}</dt>
          <dd>{pair(t(`basis.${basis}`), 'colon', t(`basis.${basis}.long`))}</dd>
        </div>
        <div>
          <dt>{t('atlas.rules')}</dt>
          <dd>
            <code>{decidedBy.join(', ')}</code>
          </dd>
        </div>
        <div>
          <dt>{t('request.charged')}</dt>
          <dd>{pair(t(charged ? 'yes' : 'no'), 'semicolon', t(usesToken ? 'atlas.usesToken' : 'atlas.keepsToken'))}</dd>
        </div>
        {nextStep !== null && (
          <div>
            <dt>{t('atlas.client')}</dt>
            <dd>{t(`nextStep.${nextStep}`)}</dd>
          </div>
        )}
      </dl>
      <Ways row={row} />
    </article>
  );
}

type Way = ResultCodeRow['ways'][number]['way'];

function Ways({ row }: { readonly row: ResultCodeRow }) {
  const { operation, code, ways } = row;
  const chosen = useSignal<Way>(ways[0]?.way ?? 'genuine');
  const curl = ways.find(({ way }) => way === chosen.value)?.curl;
  return (
    <>
      <Tabs
        label={t('atlas.ways')}
        options={ways.map(({ way }) => ({ value: way, text: t(`way.${way}`) }))}
        value={chosen.value}
        onChange={(way) => {
          chosen.value = way;
        }}
      />
      <p class="hint">{t(`way.${chosen.value}.does`)}</p>
      {curl !== undefined && <ShellText text={curl} name="curl" />}
      <Programs operation={operation} code={code} />
    </>
  );
}

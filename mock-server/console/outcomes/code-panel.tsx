/** One code: its cause, the client's next step, and the ways to get it. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Operation, ResultCodeRow } from '../api/schemas.js';
import { pair, t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { showOnPhone } from '../parts/panel.js';
import { ShellText } from '../parts/shell-text.js';
import { Tabs } from '../parts/tabs.js';
import { language, localized } from '../state/language.js';
import { storedChoice } from '../state/stored-choice.js';

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

const PROGRAMS = [
  { value: 'java', text: 'Java', run: 'java FirstExchange.java' },
  { value: 'go', text: 'Go', run: 'go run main.go' },
  { value: 'php', text: 'PHP', run: 'php first_exchange.php' },
  { value: 'python', text: 'Python', run: 'python3 first_exchange.py' },
  { value: 'node', text: 'Node', run: 'node first-exchange.mjs' },
] as const;

const programLanguage = storedChoice<(typeof PROGRAMS)[number]['value']>({
  name: 'programLanguage',
  options: PROGRAMS.map(({ value }) => value),
  otherwise: 'java',
});

interface ProgramsProps {
  readonly operation: Operation;
  readonly code: string;
}

/** The command that makes an example program get a code, for each language. The programs are in examples/first-exchange. */
function Programs({ operation, code }: ProgramsProps) {
  const variables = `CMPASSPORT_BASE=${location.origin} CMPASSPORT_OPERATION=${operation} CMPASSPORT_RESULT_CODE=${code}`;
  const program = PROGRAMS.find(({ value }) => value === programLanguage.value);
  return (
    <>
      <Tabs
        label={t('programs.language')}
        options={PROGRAMS}
        value={programLanguage.value}
        onChange={(value) => {
          programLanguage.value = value;
        }}
      />
      <p class="hint">{t('programs.does')}</p>
      {program !== undefined && <ShellText text={`${variables} ${program.run}`} name={program.text} />}
    </>
  );
}

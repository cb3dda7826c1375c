/** All result codes: a searchable list, and the selected code with its cause and the ways to get it. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Operation, ResultCodeRow } from '../../../src/control/api.js';
import { COLON, LIST_COMMA } from '../../../src/text/bilingual.js';
import { language, localized, pair, SEMICOLON, t } from '../messages/message.js';
import { AnswerLine } from '../parts/answer-line.js';
import { CodeBadge } from '../parts/code-badge.js';
import { ShellText } from '../parts/code-text.js';
import { bound, isFound, Search, Tabs } from '../parts/field.js';
import { Button, type Fact, Facts, keepAtTop, Skeleton, showOnPhone } from '../parts/panel.js';
import { SendButton } from '../parts/send-button.js';
import { appState, changeAppState } from '../state/app-state.js';
import type { SentExchange } from '../state/carrier.js';
import { hashOf } from '../state/hash.js';
import { notifyDone } from '../state/notices.js';
import { OPERATIONS, toneOf } from '../state/operations.js';
import { place } from '../state/place.js';
import { appLabel, appOf, resultCodes } from '../state/server-data.js';
import { runCommands } from './run-commands.js';

export function Atlas({ appId }: { readonly appId: string }) {
  const search = useSignal('');
  const { opened } = place.value;
  const rows = resultCodes.value ?? [];
  const [operation, code] = (opened ?? '').split(' ');
  // A link to a code. A code that is chosen here does not move the list.
  useEffect(() => (opened === undefined ? undefined : keepAtTop('atlas-title')), []);
  // The first one, if the address names none.
  const row = rows.find((each) => each.operation === operation && each.code === code) ?? rows[0];
  const found = rows.filter(({ name, desc, descEn, cause, ...each }) =>
    isFound(`${each.code} ${desc} ${descEn} ${name} ${cause.en} ${cause.zh}`, search.value),
  );
  return (
    <section class="panel atlas" aria-labelledby="atlas-title">
      <header>
        <h2 id="atlas-title">{t('atlas.title')}</h2>
        <Search label={t('atlas.search')} {...bound(search)} />
      </header>
      {opened !== undefined && row !== undefined && `${row.operation} ${row.code}` !== opened && (
        <p class="wrong" role="status">
          {t('atlas.gone', { code: opened })}
        </p>
      )}
      <div class="atlas-columns">
        <div class="atlas-list">
          {OPERATIONS.map((name) => (
            <Codes key={name} operation={name} rows={found} opened={row} />
          ))}
          {row === undefined && <Skeleton lines={12} />}
        </div>
        {row !== undefined && (
          <CodePanel
            key={`${row.operation} ${row.code}`}
            appId={appId}
            row={row}
            isChosen={opened !== undefined}
          />
        )}
      </div>
    </section>
  );
}

interface CodesProps {
  readonly operation: Operation;
  readonly rows: readonly ResultCodeRow[];
  readonly opened: ResultCodeRow | undefined;
}

function Codes({ operation, rows, opened }: CodesProps) {
  const { parameters } = place.value;
  return (
    <>
      <h3>{t(`operation.${operation}`)}</h3>
      <ul>
        {rows
          .filter((row) => row.operation === operation)
          .map((row) => (
            <li key={row.code}>
              <a
                href={hashOf({ view: 'outcomes', opened: `${operation} ${row.code}`, parameters })}
                aria-current={row === opened ? 'true' : undefined}
              >
                <span class={`badge ${toneOf(row.operation, row.code)}`}>{row.code}</span>
                <span>{language.value === 'zh' ? row.desc : row.descEn}</span>
              </a>
            </li>
          ))}
      </ul>
    </>
  );
}

interface CodePanelProps {
  readonly appId: string;
  readonly row: ResultCodeRow;
  /** Whether the user chose it. Then a narrow screen scrolls to it. */
  readonly isChosen: boolean;
}

function CodePanel({ appId, row, isChosen }: CodePanelProps) {
  useEffect(() => {
    if (isChosen) showOnPhone('.code-panel');
  }, [isChosen]);
  const { operation, code, cause, basis, decidedBy, charged, usesToken, nextStep } = row;
  // Without a rule that refuses, every check is passed: the cause says so.
  const rules = decidedBy.filter((rule) => rule !== 'allMet');
  const facts: readonly Fact[] = [
    [t('atlas.cause'), localized(cause)],
    [t('atlas.basis'), pair(t(`basis.${basis}`), COLON, t(`basis.${basis}.long`))],
    [
      t('atlas.rules'),
      rules.length > 0 ? (
        <code key="rules">{rules.join(LIST_COMMA[language.value])}</code>
      ) : undefined,
    ],
    [
      t('request.charged'),
      pair(
        t(charged ? 'yes' : 'no'),
        SEMICOLON,
        t(usesToken ? 'atlas.usesToken' : 'atlas.keepsToken'),
      ),
    ],
    [t('atlas.client'), nextStep && t(`nextStep.${nextStep}`)],
  ];
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
      <Facts facts={facts} />
      <Actions appId={appId} row={row} />
      <Ways ways={row.ways} />
    </article>
  );
}

interface ActionsProps {
  readonly appId: string;
  readonly row: ResultCodeRow;
}

/** Forces the code for the app's next call, before its script; or runs the commands of the real cause. */
function Actions({ appId, row: { operation, code, ways } }: ActionsProps) {
  const sent = useSignal<SentExchange | undefined>(undefined);
  const cause = ways.find(({ way }) => way === 'cause')?.curl;
  const { remaining = '' } = appState(appId)?.outcomes[operation] ?? {};
  const force = async () => {
    const script = remaining === '' ? code : `${code}, ${remaining}`;
    await changeAppState(appId, (app) => app.script(operation, script));
    const values = { app: appLabel(appId), operation: t(`operation.${operation}`), code };
    notifyDone(t('atlas.forced', values));
  };
  const run = async (stopped: AbortSignal) => {
    sent.value = undefined;
    if (cause !== undefined) sent.value = await runCommands(cause, stopped);
  };
  return (
    <>
      <p class="actions">
        {cause !== undefined && <SendButton class="primary" text={t('atlas.get')} send={run} />}
        {appOf(appId) !== undefined && <Button text={t('atlas.force')} onClick={force} />}
      </p>
      {sent.value !== undefined && <AnswerLine operation={operation} sent={sent.value} />}
    </>
  );
}

function Ways({ ways }: Pick<ResultCodeRow, 'ways'>) {
  const chosen = useSignal(ways[0]?.way ?? 'cause');
  const curl = ways.find(({ way }) => way === chosen.value)?.curl;
  const options = ways.map(({ way }) => ({ value: way, text: t(`way.${way}`) }));
  return (
    <>
      <Tabs label={t('atlas.ways')} options={options} {...bound(chosen)} />
      <p class="hint">{t(`way.${chosen.value}.does`)}</p>
      {curl !== undefined && <ShellText text={curl} name="curl" />}
    </>
  );
}

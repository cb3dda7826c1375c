/** All result codes: their list, and the selected code with its cause and the ways to get it. */
import { useEffect } from 'preact/hooks';
import type { ResultCodeRow } from '../../../src/control/api.js';
import { COLON } from '../../../src/text/bilingual.js';
import { language, localized, pair, SEMICOLON, t } from '../messages/message.js';
import { SendAndShow } from '../parts/answer-line.js';
import { CodeBadge, codeWords } from '../parts/code-badge.js';
import { PlainText } from '../parts/code-text.js';
import { Button, type Fact, Facts, keepAtTop, Skeleton, showOnPhone } from '../parts/panel.js';
import { hashOf } from '../state/hash.js';
import { notifyDone } from '../state/notices.js';
import { OPERATIONS, toneOf } from '../state/operations.js';
import { place } from '../state/place.js';
import { scriptName, setScript, waitingScripts } from '../state/scripts.js';
import { appLabel, appOf, resultCodes } from '../state/server-data.js';
import { runCommands } from './run-commands.js';

/** As the address names a code. */
function codeId({ operation, code }: Pick<ResultCodeRow, 'operation' | 'code'>): string {
  return `${operation} ${code}`;
}

export function Atlas({ appId }: { readonly appId: string }) {
  const { opened } = place.value;
  // A link to a code. A code that is chosen here does not move the list.
  useEffect(() => (opened === undefined ? undefined : keepAtTop('atlas-title')), []);
  const rows = resultCodes.value?.codes ?? [];
  // The first one, if the address names none.
  const row = rows.find((each) => codeId(each) === opened) ?? rows[0];
  return (
    <section class="panel atlas" aria-labelledby="atlas-title">
      <h2 id="atlas-title">{t('atlas.title')}</h2>
      {row === undefined ? (
        <Skeleton lines={12} />
      ) : (
        <div class="atlas-columns">
          <CodeList rows={rows} openedId={codeId(row)} />
          <CodePanel key={codeId(row)} appId={appId} row={row} wantedId={opened} />
        </div>
      )}
    </section>
  );
}

interface CodeListProps {
  readonly rows: readonly ResultCodeRow[];
  readonly openedId: string;
}

function CodeList({ rows, openedId }: CodeListProps) {
  const { parameters } = place.value;
  return (
    <div class="atlas-list">
      {OPERATIONS.map((operation) => (
        <section key={operation}>
          <h3>{t(`operation.${operation}`)}</h3>
          <ul>
            {rows
              .filter((row) => row.operation === operation)
              .map((row) => (
                <li key={row.code}>
                  <a
                    href={hashOf({ view: 'outcomes', opened: codeId(row), parameters })}
                    aria-current={codeId(row) === openedId ? 'true' : undefined}
                  >
                    <span class={`badge ${toneOf(operation, row.code)}`}>{row.code}</span>
                    <span>{codeWords(operation, row.code)}</span>
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface CodePanelProps {
  readonly appId: string;
  readonly row: ResultCodeRow;
  /** The code that the address names. Then a narrow screen scrolls to it. */
  readonly wantedId: string | undefined;
}

function CodePanel({ appId, row, wantedId = '' }: CodePanelProps) {
  useEffect(() => {
    if (wantedId !== '') showOnPhone('.code-panel');
  }, [wantedId]);
  const { operation, code, cause, basis, charged, usesToken, nextStep } = row;
  const facts: readonly Fact[] = [
    [t('atlas.cause'), localized(cause)],
    [t('atlas.basis'), pair(t(`basis.${basis}`), COLON, t(`basis.${basis}.long`))],
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
      {!['', codeId(row)].includes(wantedId) && (
        <p class="wrong" role="status">
          {t('atlas.gone', { code: wantedId })}
        </p>
      )}
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

/** Runs the commands of the real cause, or forces the code for the app's next call, before its script. */
function Actions({ appId, row: { operation, code, ways } }: ActionsProps) {
  const cause = ways.find(({ way }) => way === 'cause')?.curl;
  const force = async () => {
    const of = { operation, phoneNumber: '' };
    const before = waitingScripts(appId).find((script) => scriptName(script) === scriptName(of));
    const steps = before === undefined ? code : `${code}, ${before.remaining}`;
    await setScript(appId, { ...of, script: steps });
    const values = { app: appLabel(appId), operation: t(`operation.${operation}`), code };
    notifyDone(t('atlas.forced', values));
  };
  const forced = appOf(appId) && <Button text={t('atlas.force')} onClick={force} />;
  if (cause === undefined) return <p class="actions">{forced}</p>;
  return (
    <SendAndShow
      operation={operation}
      text={t('atlas.get')}
      send={(stopped) => runCommands(cause, stopped)}
    >
      {forced}
    </SendAndShow>
  );
}

function Ways({ ways }: Pick<ResultCodeRow, 'ways'>) {
  return (
    <>
      <h4>{t('atlas.ways')}</h4>
      {ways.map(({ way, curl }) => (
        <details key={way}>
          <summary>{t(`way.${way}`)}</summary>
          <p class="hint">{t(`way.${way}.does`)}</p>
          <PlainText text={curl} name={t(`way.${way}`)} />
        </details>
      ))}
    </>
  );
}

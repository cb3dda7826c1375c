/** The details of a request, in a column at the side or at the end. */
import type { ComponentChildren } from 'preact';
import type { JournalRecord } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { beijingDateTime, duration } from '../parts/times.js';
import { appLabel, appOf } from '../state/app-names.js';
import { hashOf } from '../state/hash.js';
import { decidedByWords } from './decided-by-words.js';

export function RequestFacts({ record }: { readonly record: JournalRecord }) {
  const { operation, decidedBy, appId, atMs, durationMs, clientIp, charged, outcome, taskId, id } = record;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [t('app'), appId === null ? t('requests.noApp') : <AppLink appId={appId} />],
    [t('request.decidedBy'), decidedByWords(operation, decidedBy)],
    [t('request.at'), beijingDateTime(atMs)],
    [t('request.duration'), duration(durationMs)],
    [t('request.clientIp'), <code key="ip">{clientIp}</code>],
    [t('request.charged'), t(charged ? 'yes' : 'no')],
    ...(outcome === null ? [] : ([[t('request.outcome'), <code key="outcome">{outcome}</code>]] as const)),
    ...(taskId === null ? [] : ([['taskId', <Copied key="task" name="taskId" text={taskId} />]] as const)),
    [t('request.id'), <Copied key="id" name={t('request.id')} text={id} />],
  ];
  return (
    <aside class="request-facts" aria-label={t('request.facts')}>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}

function Copied({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <span class="copied-fact">
      <code>{text}</code> <CopyButton text={text} of={name} />
    </span>
  );
}

/** A link to the app, if it still exists. */
function AppLink({ appId }: { readonly appId: string }) {
  if (appOf(appId) === undefined) return <>{appId}</>;
  const label = appLabel(appId);
  return (
    <>
      <a href={hashOf({ view: 'apps', opened: appId })}>{label}</a>
      {label !== appId && <code class="second-line">{appId}</code>}
    </>
  );
}

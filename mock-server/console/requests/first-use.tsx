/** No request yet: how to make one. */
import { t } from '../messages/message.js';
import { CopiedText } from '../parts/copied-text.js';
import { Secret } from '../parts/secret.js';
import { hashOf } from '../state/hash.js';
import { apps, operations, resultCodeRow } from '../state/server-data.js';

export function FirstUse() {
  const [app] = apps.value ?? [];
  const curl = resultCodeRow('loginTokenValidate', '103000')?.ways.find(({ way }) => way === 'genuine')?.curl;
  return (
    <div class="first-use">
      <h1>{t('first.title')}</h1>
      <p class="lead">{t('first.lead')}</p>
      <ol class="steps">
        <li>
          <h2>{t('first.handset')}</h2>
          <p>{t('first.handsetWhy')}</p>
          <a class="button primary" href={hashOf({ view: 'handset' })}>
            {t('first.openHandset')}
          </a>
        </li>
        <li>
          <h2>{t('first.yourClient')}</h2>
          <p>{t('first.yourClientWhy')}</p>
          <dl class="facts">
            {(operations.value ?? []).map((row) => (
              <div key={row.operation}>
                <dt>{t(`operation.${row.operation}`)}</dt>
                <dd>
                  <code>POST {row.url}</code>
                </dd>
              </div>
            ))}
            {app !== undefined && (
              <>
                <div>
                  <dt>appId</dt>
                  <dd>
                    <code>{app.appId}</code>
                  </dd>
                </div>
                <div>
                  <dt>appKey</dt>
                  <dd>
                    <Secret name="appKey" value={app.appKey} />
                  </dd>
                </div>
                <div>
                  <dt>APPSecret</dt>
                  <dd>
                    <Secret name="APPSecret" value={app.appSecret} />
                  </dd>
                </div>
              </>
            )}
          </dl>
        </li>
        {curl !== undefined && (
          <li>
            <h2>{t('first.curl')}</h2>
            <p>{t('first.curlWhy')}</p>
            <CopiedText text={curl} name="curl" />
          </li>
        )}
      </ol>
      <p class="hint" role="status">
        {t('first.waiting')}
      </p>
    </div>
  );
}

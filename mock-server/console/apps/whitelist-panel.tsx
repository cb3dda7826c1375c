/** 服务器IP白名单 of each operation, its syntax checked as it is typed. */
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { Panel } from '../parts/panel.js';
import { OPERATIONS } from '../state/server-data.js';
import { WhitelistField } from './whitelist-field.js';

export function WhitelistPanel({ app }: { readonly app: App }) {
  return (
    <Panel title={t('whitelist.title')}>
      <p class="hint">{t('whitelist.hint')}</p>
      {OPERATIONS.map((operation) => (
        <WhitelistField key={operation} app={app} operation={operation} name={t(`operation.${operation}`)} />
      ))}
    </Panel>
  );
}

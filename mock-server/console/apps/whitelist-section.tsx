/** 服务器IP白名单 of each operation, with a syntax check while the user types. */
import { t } from '../messages/message.js';
import { OPERATIONS } from '../state/server-data.js';
import type { EditedApp } from './edited-app.js';
import { Section } from './section.js';
import { WhitelistField } from './whitelist-field.js';

export function WhitelistSection({ edited: { form, edit } }: { readonly edited: EditedApp }) {
  return (
    <Section name="whitelist" hint={t('whitelist.hint')}>
      {OPERATIONS.map((operation) => (
        <WhitelistField
          key={operation}
          name={t(`operation.${operation}`)}
          list={form.ipWhitelist[operation]}
          onChange={(list) => edit({ ipWhitelist: { [operation]: list } })}
        />
      ))}
    </Section>
  );
}

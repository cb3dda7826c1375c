/** 能力, and 验签方式: what the app may do, and what login's MD5 is made with. */
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { Panel } from '../parts/panel.js';
import { Tabs } from '../parts/tabs.js';
import { changeApp } from './change-app.js';

const CAPABILITIES = ['loginTokenValidate', 'tokenValidate', 'smsFallback'] as const;

export function CapabilitiesPanel({ app: { appId, capabilities, signSecret } }: { readonly app: App }) {
  const toggle = (name: (typeof CAPABILITIES)[number], isGranted: boolean) => {
    const others = capabilities.filter((each) => each !== name);
    void changeApp(appId, { capabilities: isGranted ? [...others, name] : others });
  };
  return (
    <Panel title={t('apps.capabilities')}>
      <div class="checks">
        {CAPABILITIES.map((name) => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={capabilities.includes(name)}
              onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
            />
            <span>{t(`capability.${name}`)}</span>
          </label>
        ))}
      </div>
      <Tabs
        label={t('apps.signSecret')}
        options={[
          { value: 'appSecret', text: 'APPSecret' },
          { value: 'appKey', text: 'appKey' },
        ]}
        value={signSecret}
        onChange={(value) => void changeApp(appId, { signSecret: value })}
      />
      <p class="hint">{t('apps.signSecretHint')}</p>
    </Panel>
  );
}

/** 能力, 验签方式 and the lifetime of tokens. */
import { t } from '../messages/message.js';
import { TextField } from '../parts/field.js';
import { Tabs } from '../parts/tabs.js';
import type { EditedApp } from './edited-app.js';
import { Section } from './section.js';

const CAPABILITIES = ['loginTokenValidate', 'tokenValidate', 'smsFallback'] as const;

export function CapabilitiesSection({ edited: { form, wrong, edit } }: { readonly edited: EditedApp }) {
  const { capabilities, signSecret, tokenTtlMs } = form;
  const toggle = (name: (typeof CAPABILITIES)[number], isGranted: boolean) => {
    const others = capabilities.filter((each) => each !== name);
    edit({ capabilities: isGranted ? [...others, name] : others });
  };
  return (
    <Section name="capabilities" hint={t('apps.capabilitiesHint')}>
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
      <div>
        <Tabs
          label={t('apps.signSecret')}
          options={[
            { value: 'appSecret', text: 'APPSecret' },
            { value: 'appKey', text: 'appKey' },
          ]}
          value={signSecret}
          onChange={(value) => edit({ signSecret: value })}
        />
        <p class="hint">{t('apps.signSecretHint')}</p>
      </div>
      <TextField
        label={t('apps.tokenTtl')}
        problem={wrong.includes('tokenTtlMs') ? t('apps.tokenTtlWrong') : undefined}
        inputMode="numeric"
        value={tokenTtlMs}
        onInput={(value) => edit({ tokenTtlMs: value.trim() })}
      />
    </Section>
  );
}

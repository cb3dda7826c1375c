/** The steps of scripts, each with its effect. */
import { t } from '../messages/message.js';
import type { MessageId } from '../messages/messages.js';

interface Step {
  readonly text: string;
  readonly does: MessageId;
}

const STEPS: readonly Step[] = [
  { text: 'pass', does: 'step.pass' },
  { text: 'delay(3s) pass', does: 'step.delay' },
  { text: 'frequency(30/10m) 103911*', does: 'step.frequency' },
  { text: '103911("too frequent")', does: 'step.undocumented' },
  { text: 'reset', does: 'step.reset' },
  { text: 'hang', does: 'step.hang' },
  { text: 'status(502)', does: 'step.status' },
  { text: 'lose', does: 'step.lose' },
  { text: 'truncate', does: 'step.truncate' },
  { text: 'malformed', does: 'step.malformed' },
  { text: 'drip(3s)', does: 'step.drip' },
];

export function ScriptSteps({ onChoose }: { readonly onChoose: (step: string) => void }) {
  return (
    <details>
      <summary>{t('script.steps')}</summary>
      <dl class="steps-help">
        {STEPS.map(({ text, does }) => (
          <div key={text}>
            <dt>
              <button type="button" class="small" onClick={() => onChoose(text)}>
                {text}
              </button>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t('script.grammar')}</p>
    </details>
  );
}

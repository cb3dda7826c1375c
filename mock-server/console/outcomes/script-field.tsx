/** The input for a script. Replaces Chinese commas. */
import { Field } from '../parts/field.js';

interface ScriptFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

export function ScriptField({ label, hint, problem, value, onInput }: ScriptFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => (
        <textarea
          {...ids}
          rows={2}
          spellcheck={false}
          placeholder="103211*2, delay(3s) pass, reset"
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value.replaceAll('，', ','))}
        />
      )}
    </Field>
  );
}

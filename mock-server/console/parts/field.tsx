/** A labelled control with a hint and a problem. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  /** Receives the ids that connect the control to its label, hint and problem. */
  readonly children: (ids: FieldIds) => ComponentChildren;
}

export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const isDescribed = hint !== undefined || problem !== undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-describedby': isDescribed ? `${id}-hint` : undefined,
        'aria-invalid': problem === undefined ? undefined : true,
      })}
      {isDescribed && (
        <p id={`${id}-hint`} class={problem === undefined ? 'hint' : 'hint wrong'} aria-live="polite">
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
}

export function SelectField({ label, hint, value, options, onChange }: SelectProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <select {...ids} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TextProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  readonly inputMode?: 'numeric' | 'tel' | 'search' | 'text';
  readonly isHidden?: boolean;
  readonly disabled?: boolean;
}

export function TextField({ label, hint, problem, value, onInput, isHidden = false, ...rest }: TextProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => {
        const attributes = { ...ids, ...rest, value, autocomplete: 'off', spellcheck: false } as const;
        const handleInput = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
          onInput(currentTarget.value);
        return isHidden ? (
          <input {...attributes} type="password" onInput={handleInput} />
        ) : (
          <input {...attributes} type="text" onInput={handleInput} />
        );
      }}
    </Field>
  );
}

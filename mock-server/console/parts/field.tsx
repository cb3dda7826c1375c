/** Labelled controls. */
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A control that shows and changes the signal. */
export function bound<T>(signal: Signal<T>) {
  return {
    value: signal.value,
    onChange: (value: T) => {
      signal.value = value;
    },
  };
}

interface Described {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}

interface FieldProps extends Described {
  /** Receives the ids that connect the control to its label, hint and problem. */
  readonly children: (ids: FieldIds) => ComponentChildren;
}

interface FieldIds {
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
        <p
          id={`${id}-hint`}
          class={problem === undefined ? 'hint' : 'hint wrong'}
          aria-live="polite"
        >
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

interface TextProps extends Described {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly inputMode?: 'numeric' | 'tel';
  readonly type?: 'password';
  readonly disabled?: boolean;
  /** Of a text of several lines. */
  readonly rows?: number;
}

export function TextField({ label, hint, problem, onChange, rows, ...others }: TextProps) {
  const input = {
    ...others,
    spellcheck: false,
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChange(currentTarget.value),
  };
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) =>
        rows === undefined ? (
          <input {...ids} {...input} autocomplete="off" />
        ) : (
          <textarea {...ids} {...input} rows={rows} />
        )
      }
    </Field>
  );
}

type SearchProps = Pick<TextProps, 'label' | 'value' | 'onChange'> & { readonly class?: string };

export function Search({ label, class: className, value, onChange }: SearchProps) {
  return (
    <input
      type="search"
      class={className}
      placeholder={label}
      aria-label={label}
      value={value}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

export function isFound(text: string, search: string): boolean {
  return text.toLowerCase().includes(search.trim().toLowerCase());
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly text: string;
}

export function choices<T extends string>(
  values: readonly T[],
  text: (value: T) => string,
): readonly Choice<T>[] {
  return values.map((value) => ({ value, text: text(value) }));
}

interface SelectProps<T extends string> {
  readonly options: readonly Choice<T>[];
  readonly value: string;
  readonly onChange: (value: T) => void;
  readonly class?: string | undefined;
}

export function Select<T extends string>({
  options,
  onChange,
  ...rest
}: SelectProps<T> & (FieldIds | { readonly 'aria-label'?: string })) {
  const choose = (text: string) => {
    const chosen = options.find(({ value }) => value === text);
    if (chosen !== undefined) onChange(chosen.value);
  };
  return (
    <select {...rest} onChange={({ currentTarget }) => choose(currentTarget.value)}>
      {options.map(({ value, text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

export function SelectField<T extends string>({
  label,
  hint,
  ...rest
}: SelectProps<T> & Described) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => <Select {...ids} {...rest} />}
    </Field>
  );
}

type TabsProps<T extends string> = SelectProps<T> & { readonly label: string };

/** Radio buttons in one row, for a choice with few options. */
export function Tabs<T extends string>({ label, options, value, onChange }: TabsProps<T>) {
  const name = useId();
  return (
    <fieldset class="tabs">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface CheckProps {
  readonly text: string;
  readonly class?: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function Check({ text, class: className = 'check', value, onChange }: CheckProps) {
  return (
    <label class={className}>
      <input
        type="checkbox"
        checked={value}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{text}</span>
    </label>
  );
}

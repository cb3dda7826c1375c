/** Sections of a view, lists of facts, dialogs and buttons. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../messages/message.js';
import { attempt, problemWords } from '../state/notices.js';

interface PanelProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Shown at the end of the title's line. */
  readonly aside?: ComponentChildren;
}

export function Panel({ title, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <header>
        <h3 id={id}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** A fact without a value (undefined or null) is not shown. */
export type Fact = readonly [name: ComponentChildren, value: ComponentChildren];

interface FactsProps {
  readonly class?: string;
  readonly facts: readonly Fact[];
}

export function Facts({ class: className = 'facts', facts }: FactsProps) {
  return (
    <dl class={className}>
      {facts
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value], at) => (
          // Keyed by index: the list is not reordered.
          <div key={at}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

interface DialogProps {
  readonly title: string;
  /** Undefined if the user cannot close it. */
  readonly onClose?: () => void;
  readonly onSubmit?: () => unknown;
  readonly children: ComponentChildren;
}

/** With a form if it can be submitted. An error of the submission is shown in the dialog. */
export function Dialog({ title, onClose, onSubmit, children }: DialogProps) {
  const id = useId();
  const problem = useSignal<string | undefined>(undefined);
  const submit = async () => {
    try {
      await onSubmit?.();
    } catch (error) {
      problem.value = problemWords(error);
    }
  };
  const dialog = useRef<HTMLDialogElement>(null);
  const show = () => dialog.current?.showModal();
  useLayoutEffect(() => {
    const { current } = dialog;
    show();
    // Returns the focus.
    return () => current?.close();
  }, []);
  const content = (
    <>
      <h2 id={id}>{title}</h2>
      {children}
      <p class="wrong" role="alert">
        {problem.value}
      </p>
    </>
  );
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={() => dialog.current !== null && (onClose ?? show)()}
    >
      {onSubmit === undefined ? content : <form onSubmit={submitted(submit)}>{content}</form>}
    </dialog>
  );
}

/** The handler of a form that is submitted by this page, not by the browser. An error is shown as a notice. */
export function submitted(onSubmit: () => unknown) {
  return (event: Event): void => {
    event.preventDefault();
    act(onSubmit);
  };
}

interface ButtonProps {
  readonly text: string;
  /** An error of the action is shown as a notice. */
  readonly onClick: () => unknown;
  readonly class?: string | undefined;
  readonly disabled?: boolean;
  readonly 'aria-label'?: string | undefined;
  readonly 'aria-pressed'?: boolean;
}

export function Button({ text, onClick, ...attributes }: ButtonProps) {
  return (
    <button type="button" {...attributes} onClick={() => act(onClick)}>
      {text}
    </button>
  );
}

function act(action: () => unknown): void {
  const done = action();
  if (done instanceof Promise) void attempt(() => done);
}

type ConfirmButtonProps = Pick<ButtonProps, 'text' | 'class' | 'onClick'> & {
  readonly question: string;
};

/** For an action that cannot be undone: a dialog, in which Cancel has the focus because it is first. What is asked is done, also if the page changes meanwhile. */
export function ConfirmButton({ text, question, class: className, onClick }: ConfirmButtonProps) {
  const asked = useSignal<Pick<ConfirmButtonProps, 'question' | 'onClick'> | undefined>(undefined);
  const close = () => {
    asked.value = undefined;
  };
  const ask = () => {
    asked.value = { question, onClick };
  };
  const confirm = async () => {
    await asked.value?.onClick();
    close();
  };
  return (
    <>
      <Button text={text} class={className} onClick={ask} />
      {asked.value !== undefined && (
        <Dialog title={text} onClose={close} onSubmit={confirm}>
          <p>{asked.value.question}</p>
          <div class="actions">
            <Button text={t('cancel')} onClick={close} />
            <button type="submit" class="danger">
              {text}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Grey lines where content is loading. */
export function Skeleton({ lines }: { readonly lines: number }) {
  return (
    <div class="skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} class="skeleton-line" />
      ))}
    </div>
  );
}

const NARROW = '(max-width: 50rem)';

/** Scrolls to the result of an action on a narrow screen, where it is below the edge. */
export function showOnPhone(selector: string): void {
  if (!matchMedia(NARROW).matches) return;
  requestAnimationFrame(() =>
    document.querySelector(selector)?.scrollIntoView({ behavior: 'smooth', block: 'start' }),
  );
}

const BY_USER = ['wheel', 'pointerdown', 'keydown'] as const;

/** Scrolls to an element, and again while content loads above it, until the user acts. Returns a function that stops it. */
export function keepAtTop(id: string): () => void {
  const scroll = () => document.getElementById(id)?.scrollIntoView({ block: 'start' });
  const sizes = new ResizeObserver(scroll);
  const stop = () => {
    sizes.disconnect();
    for (const event of BY_USER) removeEventListener(event, stop);
  };
  scroll();
  sizes.observe(document.body);
  for (const event of BY_USER) addEventListener(event, stop, { passive: true });
  return stop;
}

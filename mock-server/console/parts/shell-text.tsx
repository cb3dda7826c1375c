/** A coloured shell command. */
import { shellTokens, wrapArguments } from './code-tokens.js';
import { CopiedText } from './copied-text.js';

export function ShellText({ text, name }: { readonly text: string; readonly name: string }) {
  const wrapped = wrapArguments(text);
  return (
    <CopiedText text={wrapped} name={name} breaksWords>
      {shellTokens(wrapped).map(({ kind, text: token }, at) =>
        // Keyed by index: tokens have no id.
        kind === 'plain' ? (
          token
        ) : (
          <span key={at} class={`code-${kind}`}>
            {token}
          </span>
        ),
      )}
    </CopiedText>
  );
}

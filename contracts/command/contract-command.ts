/** `cmpassport-mock contract …`: selects the command and returns the exit status. */
import { printable } from '../../src/text/printable.js';
import { UsageError } from '../../src/text/usage-error.js';
import { COMMANDS } from './commands.js';
import { contractHelp } from './help.js';
import { type KitInputs, kitOf } from './kit.js';

const USAGE_STATUS = 2;

/** Returns the exit status. A mistake that the user can correct is one sentence on standard error, not a rejection. */
export async function contractCommand(args: readonly string[], inputs: KitInputs): Promise<number> {
  const kit = kitOf(inputs);
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (own.includes('--help') || own.includes('-h')) {
    kit.out.write(contractHelp(own[0], kit.language));
    return 0;
  }
  try {
    const [name, ...rest] = args;
    const command = COMMANDS.find((row) => row.name === name);
    if (command !== undefined) return await command.run(rest, kit);
    throw new UsageError({
      en: `contract needs provider, consumer, replay or calibrate, found ${name === undefined ? 'nothing' : JSON.stringify(name)} (see contract --help)`,
      zh: `contract 后面应为 provider、consumer、replay 或 calibrate，实际${name === undefined ? '没有写' : `为 ${JSON.stringify(name)}`}（见 contract --help）`,
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    kit.out.complain(`cmpassport-mock: ${printable(error.words[kit.language])}\n`);
    return USAGE_STATUS;
  }
}

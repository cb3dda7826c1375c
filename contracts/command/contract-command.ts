/** `cmpassport-mock contract …`: which suite, and the exit status. */
import { printable } from '../report/text.js';
import { CONSUMER_FLAGS, consume } from './consumer-command.js';
import { helpOf } from './flags.js';
import { kitOf, type Surroundings } from './kit.js';
import { PROVIDER_FLAGS, provide } from './provider-command.js';
import { UsageProblem } from './usage-problem.js';

const USAGE_STATUS = 2;

const HELP = `usage: cmpassport-mock contract provider --mock <url> [flags]
       cmpassport-mock contract provider --profile <file> [flags]
       cmpassport-mock contract consumer [flags] -- <command> [arguments]

provider: does a carrier answer as documented?

${helpOf(PROVIDER_FLAGS)}
consumer: does a client speak the carrier's language, and live with its answers?

${helpOf(CONSUMER_FLAGS)}
Exit status: 0 all is well, 1 something failed, 2 the kit or the network is at fault, or the command was called wrongly.
`;

const COMMANDS = [
  { name: 'provider', run: provide },
  { name: 'consumer', run: consume },
] as const;

/** The exit status. Never rejects for what the caller can mend: that is said on standard error. */
export async function contractCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const kit = kitOf(surroundings);
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (own.includes('--help') || own.includes('-h')) {
    kit.out.write(HELP);
    return 0;
  }
  try {
    const [name, ...rest] = args;
    const command = COMMANDS.find((row) => row.name === name);
    if (command !== undefined) return await command.run(rest, kit);
    const found = name === undefined ? 'nothing' : JSON.stringify(name);
    throw new UsageProblem(`contract is followed by provider or consumer, found ${found} (see contract --help)`);
  } catch (error) {
    if (!(error instanceof UsageProblem)) throw error;
    kit.out.complain(`cmpassport-mock: ${printable(error.message)}\n`);
    return USAGE_STATUS;
  }
}

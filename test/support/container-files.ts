/** The parsed Dockerfile and compose file. */
import { readFileSync } from 'node:fs';
import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';
import { commandHelp } from '../../mock-server/cli/help.js';

export interface ImageCopy {
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}

const DOCKERFILE = readFileSync('Dockerfile', 'utf8');
const PARSED = DockerfileParser.parse(DOCKERFILE);

export const ENVIRONMENT: Readonly<Record<string, string>> = Object.fromEntries(
  PARSED.getENVs().flatMap((env) =>
    env.getProperties().map((row) => [row.getName(), row.getValue() ?? '']),
  ),
);

export const COPIES: readonly ImageCopy[] = PARSED.getCOPYs().map((copy) => {
  const paths = copy.getArguments().map(String);
  return {
    from: copy.getFromFlag()?.getValue() ?? undefined,
    sources: paths.slice(0, -1),
    target: paths.at(-1) ?? '',
  };
});

/** Returns the arguments of the last instruction with this keyword. */
export function lastOf(keyword: string): string | undefined {
  const all = PARSED.getInstructions().filter(
    (instruction) => instruction.getKeyword() === keyword,
  );
  return all.at(-1)?.getArgumentsContent() ?? undefined;
}

export interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?:
    | readonly string[]
    | Readonly<Record<string, { readonly aliases?: readonly string[] } | null>>;
  readonly network_mode?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly deploy?: { readonly replicas: number };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export const COMPOSE: ComposeFile = parse(readFileSync('docker-compose.yml', 'utf8'), {
  merge: true,
});

/** The mock's environment variables, from its help. */
export function knownVariables(): ReadonlySet<string> {
  const help = commandHelp('en', 'serve');
  const flags = help.matchAll(/^ {2}--([a-z-]+) </gm);
  const variables = help.matchAll(/^ {2}(CMPASSPORT_[A-Z_]+) /gm);
  return new Set([
    ...Array.from(
      flags,
      ([, flag = '']) => `CMPASSPORT_${flag.toUpperCase().replaceAll('-', '_')}`,
    ),
    ...Array.from(variables, ([, variable = '']) => variable),
  ]);
}

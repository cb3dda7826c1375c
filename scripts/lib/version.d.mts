export function buildVersion(
  released: string,
  from: {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly folder: string;
    readonly now: Date;
  },
): string;

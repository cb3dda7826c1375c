export function withLinks(
  markdown: string,
  page: {
    readonly file: string;
    readonly files: readonly string[];
    readonly repository: string;
    readonly ref: string;
  },
): string;

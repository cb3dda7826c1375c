export function proseOf(source: string, path: string): string;

/** What a summary says. */
export interface Summary {
  readonly mock: string;
  readonly docs: string;
  readonly token: string;
  /** The path of a request that the mock answers. */
  readonly path: string;
  /** Ports that were taken, so that others are in use. */
  readonly taken: readonly number[];
}

/** What runs where and what to try next, aligned in two columns. */
export function formatSummary({ mock, docs, token, path, taken }: Summary): string {
  const rows = [
    ['Mock', mock],
    ['', `curl ${mock}${path} -u ${token}:`],
    ['Docs', docs],
    ['Contract', `npx -y pnpm@12 contract --url ${mock} --token ${token}`],
  ];
  const note = taken.length > 0 ? [`  (${taken.join(' and ')} taken, so free ports are used.)`] : [];
  const lines = rows.map(([name = '', value = '']) => `  ${name.padEnd(10)}${value}`);
  return ['', ...lines, '', ...note, '  Ctrl-C stops mock and docs.', ''].join('\n');
}

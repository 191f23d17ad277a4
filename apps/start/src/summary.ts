/** What a summary says. */
export interface Summary {
  readonly mock: string;
  readonly api: string;
  readonly docs: string;
  /** The key of the mock. */
  readonly token: string;
  /** The key of the API. */
  readonly key: string;
  /** The path of a request that mock and API answer. */
  readonly path: string;
  /** Ports that were taken, so that others are in use. */
  readonly taken: readonly number[];
}

/** What runs where and what to try next, aligned in two columns. */
export function formatSummary({ mock, api, docs, token, key, path, taken }: Summary): string {
  const rows = [
    ['Mock', mock],
    ['', `curl ${mock}${path} -u ${token}:`],
    ['API', api],
    ['', `curl ${api}${path} -u ${key}:`],
    ['Docs', docs],
    ['Contract', `npx -y pnpm@12 contract --url ${mock} --token ${token}`],
  ];
  const note = taken.length > 0 ? [`  (${taken.join(' and ')} taken, so free ports are used.)`] : [];
  const lines = rows.map(([name = '', value = '']) => `  ${name.padEnd(10)}${value}`);
  return ['', ...lines, '', ...note, '  Ctrl-C stops them all.', ''].join('\n');
}

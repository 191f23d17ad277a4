/** Where a service listens. */
export interface Address {
  readonly url: string;
  /** The default port of the service, if it was taken. */
  readonly taken?: number | undefined;
}

/** Where a server of the API listens, and the key that it accepts. */
interface Server extends Address {
  readonly key: string;
}

/** What a summary shows. */
export interface Summary {
  readonly mock: Server;
  readonly api?: Server | undefined;
  /** A path that both servers answer. */
  readonly path: string;
}

/**
 * Formats where the servers listen and what to try next.
 *
 * @example
 * console.log(formatSummary({ mock: { url, key }, path: '/v2/customers/cus_1234ABCD' }));
 */
export function formatSummary({ mock, api, path }: Summary): string {
  const curl = ({ url, key }: Server) => formatRow('', `curl ${url}${path} -u ${key}:`);
  const rows = [
    formatAddress('Mock', mock),
    curl(mock),
    ...(api ? [formatAddress('API', api), curl(api)] : []),
    formatRow('Contract', `npx -y pnpm@12 contract --url ${mock.url} --token ${mock.key}`),
  ];
  return ['', ...rows, '', '  Press Ctrl-C to stop.', ''].join('\n');
}

/**
 * Formats where a service listens.
 *
 * @example
 * console.log(formatAddress('Docs', { url: 'http://127.0.0.1:8080' }));
 */
export function formatAddress(name: string, { url, taken }: Address): string {
  return formatRow(name, taken === undefined ? url : `${url} (port ${taken} is taken)`);
}

function formatRow(name: string, value: string): string {
  return `  ${name.padEnd(10)}${value}`;
}

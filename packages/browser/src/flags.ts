/**
 * The flags with which Chromium runs in a container and connects to this machine only. {@link launchBrowser} sets them.
 * Pass them yourself if you start Chromium by its path.
 *
 * @example
 * spawn(path, ['--headless', ...FLAGS, 'http://127.0.0.1:8080'], { env });
 */
export const FLAGS: readonly string[] = [
  // Containers lack the permissions and devices for these features. The sandbox is not needed: the pages are our own.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  // Only the page may use the network.
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-quic',
  '--no-pings',
  '--no-proxy-server',
  // The page may connect to this machine only.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

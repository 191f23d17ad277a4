/**
 * What Chromium is told so that it runs in a container and reaches nothing but this machine. Playwright and
 * {@link launchBrowser} need not be told them; a Chromium that is started by its path does.
 *
 * @example
 * spawn(path, ['--headless', ...FLAGS, 'http://127.0.0.1:8080'], { env });
 */
export const FLAGS: readonly string[] = [
  // Containers have neither the rights nor the devices for these, and the pages are our own.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  // Nothing but the page may use the network …
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
  // … and the page only this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

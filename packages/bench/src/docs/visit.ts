import { setTimeout } from 'node:timers/promises';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  isForeign,
  type Locator,
  type Page,
  type Request,
} from '@firstofficer/browser';
import { computeVitals, type Observations, type Vitals } from './vitals.ts';

/** A device that a browser emulates. */
export interface Device {
  readonly context: BrowserContextOptions;
  /** Slows down CPU and network to the speed of the device. */
  throttle(session: CDPSession): Promise<void>;
}

export const DESKTOP: Device = {
  context: { viewport: { width: 1350, height: 940 } },
  throttle: async () => {},
};

const KILOBIT = 1_000 / 8;

/** A mid-range phone on a slow mobile network, with the values that Lighthouse uses. */
export const PHONE: Device = {
  context: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  throttle: async (session) => {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 1_600 * KILOBIT,
      uploadThroughput: 750 * KILOBIT,
    });
  },
};

/** The measurements of one visit to a page. */
export interface Visit {
  readonly vitals: Vitals;
  /** Bytes received until the network was idle after loading. */
  readonly firstLoad: number;
  /** Bytes received until the network was idle after the first use, or after loading if the page was not used. */
  readonly firstUse: number;
}

interface VisitOptions {
  readonly device: Device;
  readonly item?: MenuItem;
}

/** Loads a page on a device. If a menu item is given, it also chooses the item, sends a request with the console, and opens the search. */
export async function visit(browser: Browser, url: string, { device, item }: VisitOptions): Promise<Visit> {
  await using fresh = await openFreshPage(browser, device);
  const { page, session, getReceivedBytes } = fresh;
  await device.throttle(session);
  await page.goto(url);
  await waitForNetworkIdle(fresh);
  const vitals = computeVitals(await readObservations(page));
  const firstLoad = getReceivedBytes();
  if (item !== undefined) {
    await chooseOperation(fresh, item);
    await sendRequest(fresh);
    await openSearch(fresh);
  }
  return { vitals, firstLoad, firstUse: getReceivedBytes() };
}

/** A new browser page with an empty cache, whose traffic is recorded. */
export interface FreshPage extends AsyncDisposable {
  readonly page: Page;
  readonly session: CDPSession;
  readonly traffic: Traffic;
  /** Returns the number of bytes that the page has received so far. */
  getReceivedBytes(): number;
}

// Long enough for the slowest page on the slowest device.
const NAVIGATION_TIMEOUT_MS = 60_000;

/** Opens a page with an empty cache. */
export async function openFreshPage(browser: Browser, { context: options }: Device): Promise<FreshPage> {
  const context = await browser.newContext(options);
  context.setDefaultNavigationTimeout(NAVIGATION_TIMEOUT_MS);
  await recordObservations(context);
  const traffic = trackTraffic(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const getReceivedBytes = await countReceivedBytes(session);
  return { page, session, traffic, getReceivedBytes, [Symbol.asyncDispose]: () => context.close() };
}

/** The network traffic of a visit. */
interface Traffic {
  /** The requested URLs on other hosts. */
  readonly foreign: readonly string[];
  /** Returns the time without pending requests, in milliseconds. */
  getIdleTime(): number;
}

/** Records the requests of all pages in a context. */
function trackTraffic(context: BrowserContext): Traffic {
  const foreign: string[] = [];
  const pending = new Set<Request>();
  let last = performance.now();
  const end = (request: Request) => {
    pending.delete(request);
    last = performance.now();
  };
  context
    .on('request', (request) => {
      pending.add(request);
      if (isForeign(request.url())) foreign.push(request.url());
    })
    .on('requestfinished', end)
    .on('requestfailed', end);
  return { foreign, getIdleTime: () => (pending.size > 0 ? 0 : performance.now() - last) };
}

/**
 * Counts the bytes that a page receives, including headers and the received part of aborted requests.
 *
 * A count in the server would be wrong: it would include bytes that the operating system buffers for aborted requests.
 */
async function countReceivedBytes(session: CDPSession): Promise<() => number> {
  let received = 0;
  const arriving = new Map<string, number>();
  const end = (id: string, bytes: number) => {
    arriving.delete(id);
    received += bytes;
  };
  session
    .on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
      arriving.set(requestId, (arriving.get(requestId) ?? 0) + encodedDataLength);
    })
    .on('Network.loadingFinished', ({ requestId, encodedDataLength }) => end(requestId, encodedDataLength))
    .on('Network.loadingFailed', ({ requestId }) => end(requestId, arriving.get(requestId) ?? 0));
  await session.send('Network.enable');
  return () => received;
}

declare global {
  // The entries that the performance observers of a page have recorded.
  var observed: { -readonly [Name in keyof Observations]: Observations[Name] extends number ? number : object[] };
}

/** Records performance entries in every page of the context, from the start of navigation. */
async function recordObservations(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const seen = { fcp: 0, lcp: 0, longTasks: [] as object[], shifts: [] as object[] };
    globalThis.observed = seen;
    const observe = (type: string, record: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(record)).observe({ type, buffered: true });
    observe('paint', ({ name, startTime }) => {
      if (name === 'first-contentful-paint') seen.fcp = startTime;
    });
    observe('largest-contentful-paint', ({ startTime }) => {
      seen.lcp = startTime;
    });
    observe('longtask', ({ startTime, duration }) => seen.longTasks.push({ start: startTime, duration }));
    observe('layout-shift', (entry) => {
      const { startTime, value, hadRecentInput } = entry as PerformanceEntry & {
        readonly value: number;
        readonly hadRecentInput: boolean;
      };
      if (!hadRecentInput) seen.shifts.push({ start: startTime, value });
    });
  });
}

/** Returns the performance entries that a page has recorded so far. */
async function readObservations(page: Page): Promise<Observations> {
  return (await page.evaluate(() => globalThis.observed)) as Observations;
}

// A page counts as idle after this time without activity.
const QUIET_MS = 1_000;
// The maximum wait, because some pages never become idle.
const IDLE_TIMEOUT_MS = 45_000;

/** Waits until a page has no pending requests and no long tasks. */
export async function waitForNetworkIdle({ page, traffic }: FreshPage): Promise<void> {
  const end = performance.now() + IDLE_TIMEOUT_MS;
  while (performance.now() < end) {
    const { longTasks, lcp } = await readObservations(page);
    const now = await page.evaluate(() => performance.now());
    const last = Math.max(lcp, ...longTasks.map(({ start, duration }) => start + duration));
    const quietFor = Math.min(traffic.getIdleTime(), now - last);
    if (quietFor >= QUIET_MS) return;
    await setTimeout(Math.max(50, QUIET_MS - quietFor));
  }
}

/** The menu item of the operation. */
export interface MenuItem {
  readonly label: string;
  /** The group that contains the item. It may be collapsed. */
  readonly group: string;
}

// Long enough for a busy machine.
const CLICK_TIMEOUT_MS = 10_000;

/**
 * Clicks the menu item of the operation, after expanding its group if necessary.
 */
export async function chooseOperation(fresh: FreshPage, { label, group }: MenuItem): Promise<void> {
  const { page } = fresh;
  const operation = page.getByText(label).filter({ visible: true });
  if ((await operation.count()) === 0) {
    await click(fresh, page.getByText(group, { exact: true }).filter({ visible: true }));
  }
  await click(fresh, operation);
}

/** Sends a request with the console of the operation, if the page has one. The bench refuses requests to other hosts. */
export async function sendRequest(fresh: FreshPage): Promise<void> {
  for (const name of [/^try( it)?$/i, /^send/i]) {
    const button = fresh.page.getByRole('button', { name }).filter({ visible: true });
    if ((await button.count()) > 0) await click(fresh, button);
  }
}

/** Opens the search, if the page has one. */
export async function openSearch(fresh: FreshPage): Promise<void> {
  const { page } = fresh;
  const search = page
    .getByRole('button', { name: /search/i })
    .or(page.getByRole('searchbox'))
    .or(page.getByPlaceholder(/search/i))
    // Some search buttons do not have the role of a button.
    .or(page.getByText(/^search\b/i))
    .filter({ visible: true });
  if ((await search.count()) > 0) await click(fresh, search);
}

/**
 * Clicks the first element, and waits until the network is idle. Otherwise the next click could abort requests, and the
 * page would load their files again. `force` skips Playwright's checks, such as whether another element is in front.
 */
async function click(fresh: FreshPage, elements: Locator): Promise<void> {
  await elements.first().click({ timeout: CLICK_TIMEOUT_MS, force: true });
  await waitForNetworkIdle(fresh);
}

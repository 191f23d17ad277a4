import type { BrowserContextOptions, CDPSession } from '@firstofficer/browser';

/** What a page is looked at with. */
export interface Device {
  readonly context: BrowserContextOptions;
  /** Makes it as slow as such a device is. */
  throttle(session: CDPSession): Promise<void>;
}

export const DESKTOP: Device = {
  context: { viewport: { width: 1350, height: 940 } },
  throttle: async () => {},
};

const KILOBIT = 1_000 / 8;

/** A phone of the middle class on a slow mobile network, as Lighthouse imagines it. */
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

import type { BrowserContextOptions, CDPSession } from '@firstofficer/browser';

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

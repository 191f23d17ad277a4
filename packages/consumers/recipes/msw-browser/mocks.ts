import { createMockHandlers } from '@firstofficer/mock/msw';
import { setupWorker } from 'msw/browser';

// `npx msw init public` copies the service worker into the folder `public`, which your server must serve.
export const mock = await createMockHandlers();
await setupWorker(...mock.handlers).start();

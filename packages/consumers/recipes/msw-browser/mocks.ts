import { createMockHandlers } from '@firstofficer/mock/msw';
import { setupWorker } from 'msw/browser';

export const mock = await createMockHandlers();
await setupWorker(...mock.handlers).start();

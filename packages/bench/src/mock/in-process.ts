import { performTasks } from '../child.ts';

/** Times of the mock within the process of a test, in milliseconds. */
export interface InProcess {
  readonly firstStart: number;
  readonly laterStart: number;
  /** One request to the handler for MSW. */
  readonly handler: number;
}

const LATER_STARTS = 10;
const HANDLER_REQUESTS = 5_000;

performTasks<object, InProcess>(async () => ({
  firstStart: await measure(1, startAndClose),
  laterStart: await measure(LATER_STARTS, startAndClose),
  handler: await measureHandler(),
}));

/** Returns the average time of a call. */
async function measure(calls: number, call: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  for (let count = 0; count < calls; count += 1) await call();
  return (performance.now() - begin) / calls;
}

async function startAndClose(): Promise<void> {
  // The first start includes the import, which loads Prism.
  const { startMock } = await import('@firstofficer/mock');
  await using _ = await startMock();
}

async function measureHandler(): Promise<number> {
  const { createMockHandlers, DEFAULT_TOKEN } = await import('@firstofficer/mock/msw');
  const {
    handlers: [handler],
  } = await createMockHandlers();
  const headers = { authorization: `Basic ${btoa(`${DEFAULT_TOKEN}:`)}` };
  const request = async () => {
    const url = 'https://api.firstofficer.io/v2/customers/cus_1234ABCD';
    const result = await handler?.run({ request: new Request(url, { headers }), requestId: '1' });
    if (result?.response?.status !== 200) throw new Error('The handler for MSW gave no customer.');
  };
  await measure(HANDLER_REQUESTS, request);
  return measure(HANDLER_REQUESTS, request);
}

import { startMock } from '@firstofficer/mock';
import type { TestContext } from 'vitest';
import { localServer } from './local-server.ts';

/** A response as it is about to be sent. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is different from the right answer. */
export type Fault = (answer: Answer, authorization: string) => Partial<Answer>;

/** A server like the mock, but for one fault. It may use the mock by credentials other than those of its caller. */
export async function faultyServer(context: TestContext, fault: Fault, credentials?: string): Promise<string> {
  const mock = await startMock();
  context.onTestFinished(() => mock.close());
  return localServer(context, async ({ url, headers: { authorization = '' } }, response) => {
    const original = await fetch(mock.url + url, { headers: { authorization: credentials ?? authorization } });
    const { 'content-length': _, ...headers } = Object.fromEntries(original.headers);
    const right: Answer = { status: original.status, headers, body: await original.text() };
    const { status, headers: sent, body } = { ...right, ...fault(right, authorization) };
    response.writeHead(status, sent).end(body);
  });
}

import { createHttpClient } from './client.ts';
import { USER_AGENT } from './request.ts';

/** Returns why a target cannot be reached, or undefined if it sends any HTTP response. */
export async function whyUnreachable(url: string, timeLimitMs: number): Promise<string | undefined> {
  const client = createHttpClient(url, timeLimitMs);
  try {
    await client.send({ method: 'GET', target: '/', headers: [['User-Agent', USER_AGENT]] });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    client.close();
  }
}

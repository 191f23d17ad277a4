import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { USAGE_REQUEST, type Usage, type UsageMessage } from './report-usage.ts';

/** Returns the resources that a server process has used. It must have been started with `report-usage.ts`. */
export async function measureUsage(child: ChildProcess): Promise<Usage> {
  const answer = once(child, 'message');
  child.send(USAGE_REQUEST);
  const [{ usage }] = (await answer) as [UsageMessage];
  return usage;
}

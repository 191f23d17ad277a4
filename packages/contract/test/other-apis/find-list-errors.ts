import type { TestContext } from 'vitest';
import { LIST_CHECKS } from '../../src/checks/lists/index.ts';
import { verifyDescription } from '../verify.ts';
import { describeBookings, type Steps, type Style, serveBookings } from './bookings-server.ts';

/** The names of all checks of lists. */
export const only = LIST_CHECKS.map(({ name }) => name);

/** Tests a server with a list. Returns the checks that reported an error. */
export async function findErrors(context: TestContext, style: Style, steps: Partial<Steps> = {}): Promise<string[]> {
  const trial = { only, description: describeBookings(style), answer: serveBookings(style, steps) };
  const { found } = await verifyDescription(context, trial);
  return [...new Set(found.filter(({ severity }) => severity === 'error').map(({ check }) => check))];
}

import { describe, expect, test } from 'vitest';
import { verifyDescription } from '../verify.ts';
import { describeBookings, STYLES, type Style, serveBookings } from './bookings-server.ts';
import { FAULTY_LISTS } from './faulty-lists.ts';
import { findErrors, only } from './find-list-errors.ts';

const styles = Object.keys(STYLES) as Style[];

describe('a server with a correct list', () => {
  test.for(styles)('gets no finding: %s', async (style, context) => {
    const trial = { only, description: describeBookings(style), answer: serveBookings(style) };
    const { found, report } = await verifyDescription(context, trial);

    expect(found).toEqual([]);
    expect(report.verdict).toBe('passed');
    expect(report.checks.filter(({ status }) => status === 'skipped')).toEqual([]);
    expect(report.requests).toBeLessThan(200);
  });
});

/** The first fault of each check. */
const FIRST_FAULTS = FAULTY_LISTS.filter(
  ([, , check], index) => FAULTY_LISTS.findIndex(([, , other]) => other === check) === index,
);

describe('is found', () => {
  test.for(FIRST_FAULTS)('a server that %s (%s): %s', async ([, style, check, steps], context) => {
    expect(await findErrors(context, style, steps)).toContain(check);
  });
});

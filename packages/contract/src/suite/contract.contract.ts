import { afterAll, describe, expect, inject, test } from 'vitest';
import { ALL_CHECKS } from '../all-checks.ts';
import { openLink } from '../engine/link.ts';
import { judgesOf, plan } from '../engine/plan.ts';
import { runProbe } from '../engine/session.ts';
import { prepareSubject } from '../prepare-subject.ts';

const order = inject('firstofficerOrder');
const link = openLink(order.target.url, order.settings);
afterAll(() => link.close());

const subject = await prepareSubject(order, link);
const judges = judgesOf(ALL_CHECKS, subject.settings);
const work = { subject, link, judges, record: order.record };

const probes = plan(ALL_CHECKS, subject);
if (probes.length === 0) {
  test('anything', () =>
    expect.fail('there is nothing to try: the description has no operation that these checks are for'));
}

for (const [operation, planned] of Map.groupBy(probes, ({ operation }) => operation)) {
  describe(operation.id, () => {
    test.for(planned.map((one) => [`${one.check.name}: ${one.probe.name}`, one] as const))(
      '%s',
      async ([, { check, probe }], context) => {
        const outcome = await runProbe(work, check, operation, probe);
        context.task.meta.outcome = outcome;
        if (outcome.skipped !== undefined) context.skip(outcome.skipped);
        const errors = outcome.observations.filter(({ severity }) => severity === 'error');
        const lines = errors.map(({ check: name, expected, actual }) => `${name}: expected ${expected}; ${actual}`);
        if (lines.length > 0) expect.fail([...new Set(lines)].join('\n'));
      },
    );
  });
}

import { computeFigures, createCustomerData, readObject } from '@firstofficer/metrics';
import { describe, expect, test } from 'vitest';
import { type Time, toSeconds } from '../time.ts';
import { changes } from './changes.ts';
import { creditNotes } from './credit-notes.ts';
import { currencies } from './currencies.ts';
import { decisions } from './decisions.ts';
import { discountsAndTaxes } from './discounts-and-taxes.ts';
import { disputes } from './disputes.ts';
import { payments } from './payments.ts';
import { refunds } from './refunds.ts';
import type { Scenario } from './scenario.ts';
import { subscriptions } from './subscriptions.ts';
import { withExpanded, withNulls, withoutUnneeded } from './variants.ts';

type CustomerData = ReturnType<typeof createCustomerData>;

function formatFigures(data: CustomerData, at: Time): string {
  const figures = [...data].flatMap(([customer, objects]) =>
    [...computeFigures(objects, toSeconds(at))].map(([currency, figure]) => ({ customer, currency, ...figure })),
  );
  return figures
    .filter(
      (figure) =>
        figure.current_mrr !== 0 || figure.current_subscription_count !== 0 || figure.total_contract_value !== 0,
    )
    .map(({ customer, currency, ...figure }) => {
      const values = `${figure.current_mrr}/${figure.current_subscription_count}/${figure.total_contract_value}`;
      return `${customer === 'cus_1' ? '' : `${customer} `}${currency} ${values}`;
    })
    .sort()
    .join(', ');
}

function computeAll({ expected }: Scenario, objects: object[]): [Time, string][] {
  const data = createCustomerData(objects.map((object) => readObject(JSON.parse(JSON.stringify(object)))));
  return expected.map(([at]) => [at, formatFigures(data, at)]);
}

function sortFigures({ expected }: Scenario): [Time, string][] {
  return expected.map(([at, figures]) => [at, figures.split(', ').sort().join(', ')]);
}

describe.each([
  ['subscriptions', subscriptions],
  ['changes', changes],
  ['discounts and taxes', discountsAndTaxes],
  ['payments', payments],
  ['refunds', refunds],
  ['credit notes', creditNotes],
  ['disputes', disputes],
  ['currencies', currencies],
  ['decisions', decisions],
])('%s', (_, scenarios) => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    const expected = sortFigures(scenario);
    const { objects } = scenario;
    expect(computeAll(scenario, objects)).toEqual(expected);
    expect(computeAll(scenario, withNulls([...objects, ...objects].reverse())), 'twice, reversed').toEqual(expected);
    expect(computeAll(scenario, withoutUnneeded(objects)), 'only what is needed').toEqual(expected);
    expect(computeAll(scenario, withExpanded(objects)), 'expanded').toEqual(expected);
  });
});

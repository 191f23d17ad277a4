import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { computeSnapshot, createCustomerData, readObject } from '../../src/index.ts';
import { toSeconds } from '../time.ts';
import { SITUATIONS, type Situation } from './situations.ts';

// The guide must be right: each row of its tables of situations is computed from Stripe objects.
const GUIDE = new URL('../../../../apps/docs/guides/5-metrics.md', import.meta.url);
const HEADER = ['Situation', 'From', 'MRR', 'Count', 'Contract value'];
const NO_CHANGE = 'no change';

interface Row {
  readonly situation: string;
  readonly from: string;
  readonly figures: object;
}

const rows = readRows(await readFile(GUIDE, 'utf8'));

/** Returns the rows of the tables of situations. */
function readRows(markdown: string): Row[] {
  const tables = markdown.split('\n\n').filter((block) => block.startsWith('|'));
  return tables.flatMap((table) => {
    const [header, , ...lines] = table.trim().split('\n').map(splitCells);
    return header?.join() === HEADER.join() ? lines.map(parseRow) : [];
  });
}

function splitCells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function parseRow([situation = '', from = '', mrr = '', count = '', contractValue = '']: string[]): Row {
  const figures = {
    currency: mrr.startsWith('€') ? 'eur' : 'usd',
    current_mrr: parseAmount(mrr),
    current_subscription_count: Number(count),
    total_contract_value: parseAmount(contractValue),
  };
  return { situation, from, figures };
}

/** Parses an amount such as `$1,200.00` as cents. */
function parseAmount(text: string): number {
  expect(text).toMatch(/^[$€]\d{1,3}(,\d{3})*\.\d{2}$/);
  return Number(text.replaceAll(/\D/g, ''));
}

/** Parses a time such as `16 Jan, 12:00` or `2 Jan 2027`. */
function parseTime(text: string): number {
  const [, day, month, year = '2026', time = '00:00'] =
    /^(\d{1,2} )([A-Z][a-z]{2})(?: (\d{4}))?(?:, (\d\d:\d\d))?$/.exec(text) ?? expect.fail(`${text} is not a time`);
  return Date.parse(`${day}${month} ${year} ${time} UTC`) / 1000;
}

function compute({ objects }: Situation, at: number): object {
  const [data = expect.fail()] = createCustomerData(objects.map(readObject)).values();
  const { stripe_id: _, ...figures } = computeSnapshot(data, at, { defaultCurrency: 'usd' });
  return figures;
}

test('each row of the tables has a situation, and each situation has a row', () => {
  expect(rows.map(({ situation }) => situation)).toEqual(Object.keys(SITUATIONS));
});

describe('the guide about metrics', () => {
  test.for(rows)('$situation', ({ situation, from, figures }) => {
    const scenario = SITUATIONS[situation] ?? expect.fail();
    const { event } = scenario;
    const at = from === NO_CHANGE ? toSeconds(event ?? expect.fail('event is missing')) : parseTime(from);

    expect(compute(scenario, at)).toEqual(figures);
    // The figures begin at this second, unless nothing changes.
    const before = expect(compute(scenario, at - 1));
    if (from === NO_CHANGE) before.toEqual(figures);
    else before.not.toEqual(figures);
  });
});

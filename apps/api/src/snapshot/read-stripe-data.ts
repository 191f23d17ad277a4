import {
  type CustomerData,
  createCustomerData,
  type Facts,
  type MissingMemberError,
  readObject,
  UnknownObjectError,
} from '@firstofficer/metrics';
import { DEFAULT_CURRENCY } from '../accounts.ts';
import { escapeText } from '../commands/format.ts';
import { readNdjson } from '../import/read-ndjson.ts';
import type { SourceRecord } from '../import/read-records.ts';

/** Far longer than an invoice with 1,000 lines. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** The data of a Stripe account. */
export interface StripeData {
  /** The data of each customer, by Stripe ID. */
  readonly customers: ReadonlyMap<string, CustomerData>;
  /** The currency of customers without a currency. */
  readonly defaultCurrency: string;
  /** How many objects were ignored, by type. */
  readonly ignored: ReadonlyMap<string, number>;
  /** The lines of credit notes, refunds and disputes that belong to no customer, for example because the charge is missing. */
  readonly unassigned: readonly number[];
  /** Returns the line of an object. */
  findLine(object: Pick<MissingMemberError, 'object' | 'id'>): number;
}

/** A line that cannot be used, and why. */
export interface InvalidLine {
  readonly line: number;
  readonly reason: string;
}

/** Stripe data that cannot be used. The message lists the first invalid lines, and why they are invalid. */
export class InvalidStripeDataError extends Error {
  override readonly name = 'InvalidStripeDataError';

  /**
   * @param lines - The invalid lines, or at least the first of them.
   * @param count - How many lines are invalid.
   */
  constructor(lines: readonly InvalidLine[], count: number) {
    const sorted = lines.toSorted((one, other) => one.line - other.line);
    const listed = sorted.slice(0, MAX_LISTED).map(({ line, reason }) => `line ${line}: ${shorten(reason)}`);
    const rest = count - listed.length;
    const head = count === 1 ? '1 line is invalid.' : `${count} lines are invalid.`;
    // A reason contains the ID of an object, which may contain characters that control the terminal.
    super([head, ...listed.map(escapeText), ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n'));
  }
}

const MAX_LISTED = 20;
const MAX_REASON_LENGTH = 400;

function shorten(text: string): string {
  return text.length > MAX_REASON_LENGTH ? `${text.slice(0, MAX_REASON_LENGTH)}…` : text;
}

const PROGRESS_LINES = 10_000;

/**
 * Reads Stripe objects in any order, one JSON object per line.
 *
 * @throws InvalidStripeDataError if a line is invalid, after all lines are read.
 */
export async function readStripeData(
  input: AsyncIterable<Buffer>,
  onProgress: (lines: number) => void,
): Promise<StripeData> {
  const facts: Facts[] = [];
  /** The line of each of the facts. */
  const lines: number[] = [];
  const ignored = new Map<string, number>();
  const invalid: InvalidLine[] = [];
  let invalidCount = 0;
  let defaultCurrency = DEFAULT_CURRENCY;
  for await (const record of readNdjson(input, MAX_LINE_BYTES)) {
    if (record.line % PROGRESS_LINES === 0) onProgress(record.line);
    try {
      const object = checkObject(record);
      const fact = readUsedObject(object);
      if (!fact) ignored.set(object.object, (ignored.get(object.object) ?? 0) + 1);
      else if (fact.type === 'account') defaultCurrency = fact.defaultCurrency ?? defaultCurrency;
      else {
        facts.push(fact);
        lines.push(record.line);
      }
    } catch (error) {
      invalidCount += 1;
      if (invalid.length < MAX_LISTED) invalid.push({ line: record.line, reason: (error as Error).message });
    }
  }
  if (invalidCount > 0) throw new InvalidStripeDataError(invalid, invalidCount);
  const customers = createCustomerData(facts);
  return {
    customers,
    defaultCurrency,
    ignored,
    unassigned: findUnassigned(facts, customers).map((index) => lines[index] ?? 0),
    findLine: ({ object, id }) => lines[facts.findLastIndex((fact) => fact.type === object && fact.id === id)] ?? 0,
  };
}

/** Returns the indexes of the reductions that belong to no customer. */
function findUnassigned(facts: readonly Facts[], customers: StripeData['customers']): number[] {
  const assigned = { credit_note: new Set<string>(), refund: new Set<string>(), dispute: new Set<string>() };
  for (const { creditNotes, refunds, disputes } of customers.values())
    for (const { type, id } of [...creditNotes, ...refunds, ...disputes]) assigned[type].add(id);
  const unassigned: number[] = [];
  facts.forEach((fact, index) => {
    if (fact.type !== 'credit_note' && fact.type !== 'refund' && fact.type !== 'dispute') return;
    if (!assigned[fact.type].has(fact.id)) unassigned.push(index);
  });
  return unassigned;
}

/** Returns the facts of an object, or undefined if no figure needs objects of its type. */
function readUsedObject(object: object): Facts | undefined {
  try {
    return readObject(object);
  } catch (error) {
    if (error instanceof UnknownObjectError) return undefined;
    throw error;
  }
}

/** Returns the object of a line. Throws an error that says how to correct the line, if it is no Stripe object. */
function checkObject(record: SourceRecord): { object: string } {
  if ('fault' in record) throw new Error(record.fault + (record.line === 1 && record.fault === NO_JSON ? ADVICE : ''));
  const { value } = record;
  if (Array.isArray(value)) throw new Error("is an array. Write one object per line, such as with jq -c '.[]'.");
  if (typeof value !== 'object' || value === null) throw new Error('is not a JSON object.');
  if (!hasType(value)) throw new Error('object is missing. It is the type of the Stripe object, such as "invoice".');
  if (LISTS.has(value.object)) throw new Error("is a list. Write one object per line, such as with jq -c '.data[]'.");
  if (value.object === 'event')
    throw new Error('is an event, whose object may be outdated. Retrieve the object itself from the Stripe API.');
  return value;
}

/** The fault of the first line of most files that are JSON, but not NDJSON. */
const NO_JSON = 'is not valid JSON';
const ADVICE = ". Each line must be one JSON object, as jq -c '.data[]' writes the objects of a list.";

const LISTS = new Set(['list', 'search_result']);

function hasType(value: object): value is { object: string } {
  return 'object' in value && typeof value.object === 'string';
}

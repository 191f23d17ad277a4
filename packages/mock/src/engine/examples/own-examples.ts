import type { Operation } from '@firstofficer/openapi/browser';
import { formatFaults } from '../format-faults.ts';
import { isObject } from '../json.ts';
import { type ExampleChecks, findExampleFaults } from './check-example.ts';
import type { ExampleEntry } from './example-table.ts';
import { findObjectForm } from './object-form.ts';
import { type Fault, type OwnExample, parseExample } from './parse-example.ts';

/** An item of a list of own examples. */
export interface ExampleItem {
  readonly value: unknown;
  /** Returns where the item or one of its members is, such as `customers.ndjson:3`. */
  locate(...members: readonly string[]): string;
  /** Why the item cannot be read. Each fault names the place. */
  readonly faults?: readonly string[];
}

/** The own examples of each operation, in the order in which they are searched. */
export type OwnExamples = ReadonlyMap<Operation, readonly ExampleEntry[]>;

/**
 * Reads own examples. An item is one of these:
 *
 * - `{ operation, parameters, body, code }`: the response to the requests with these parameters.
 * - The object that an operation returns, such as a customer. The links of the response say which members identify it.
 *
 * @throws Error that lists the first faults, if an item is invalid.
 */
export async function readOwnExamples(
  items: readonly ExampleItem[],
  operations: readonly Operation[],
  checks: ExampleChecks,
): Promise<OwnExamples> {
  const form = findObjectForm(operations);
  const faults: string[] = [];
  const examples: OwnExample[] = [];
  const owners = new Map<string, ExampleItem>();
  for (const item of items) {
    if (item.faults && item.faults.length > 0) {
      faults.push(...item.faults);
      continue;
    }
    const parsed = parseExample(item.value, operations, form);
    const found = [...parsed.faults];
    if (parsed.example) {
      examples.push(parsed.example);
      found.push(...(await findExampleFaults(parsed.example, checks)), ...findDuplicates(parsed.example, item, owners));
    }
    faults.push(...found.map(({ members, message }) => `${item.locate(...members)}: ${replaceControls(message)}`));
  }
  if (faults.length > 0) throw new Error(formatFaults('examples', faults));
  return createEntries(examples);
}

/** Returns the identifiers of an example that belong to an earlier item. */
function findDuplicates(
  { operation, identifiers }: OwnExample,
  item: ExampleItem,
  owners: Map<string, ExampleItem>,
): Fault[] {
  return identifiers
    .filter(({ isUnique }) => isUnique)
    .flatMap(({ members, parameters, rank }): Fault[] => {
      const values = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([operation.id, rank, values]);
      const owner = owners.get(key);
      owners.set(key, owner ?? item);
      if (!owner) return [];
      return [{ members, message: `${members.join('.')} has the same value as in ${owner.locate(...members)}` }];
    });
}

/** Sorts the examples by kind of identifier. If several have the same identifier, the one with the lowest ID comes first. */
function createEntries(examples: readonly OwnExample[]): OwnExamples {
  const entries = examples
    .flatMap(({ operation, code, choice, body, identifiers }) => {
      const own = body && choice.mediaType !== undefined && { mediaType: choice.mediaType, value: body.value };
      const selection = { status: String(code), ...(own && { own }) };
      const id = isObject(body?.value) && typeof body.value.id === 'number' ? body.value.id : Infinity;
      return identifiers.map(({ parameters, rank }) => ({ operation, rank, id, entry: { parameters, selection } }));
    })
    .toSorted((a, b) => a.rank - b.rank || compare(a.id, b.id));
  const grouped = Map.groupBy(entries, ({ operation }) => operation);
  return new Map([...grouped].map(([operation, group]) => [operation, group.map(({ entry }) => entry)]));
}

function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Replaces the characters that control a terminal. */
function replaceControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

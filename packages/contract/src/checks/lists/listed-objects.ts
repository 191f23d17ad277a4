import { setTimeout as delay } from 'node:timers/promises';
import { asObject } from '@firstofficer/openapi';
import { type BaseBody, findUse, isSkipped } from '../../generate/base-data.ts';
import { renewValue } from '../../generate/renew.ts';
import { isValid, listPlainValues } from '../../generate/schema-values.ts';
import type { ListShape } from '../../lists/list-shape.ts';
import { findMemberSchemas, getAt, listSchemas, type Property, readProperty } from '../../lists/property.ts';
import { type CheckContext, isMethodAllowed, type Session } from '../check.ts';
import { readPages } from './read-list.ts';

// Enough to have different values, several pages and some order.
const OBJECTS = 5;
const LISTED_WITHIN_MS = 2000;
const POLL_MS = 100;

const created = new WeakMap<CheckContext['base'], Map<string, Promise<void>>>();

/** Creates objects with different values in the list of an operation, once in a run, if the run may create some. */
export function createListedObjects(session: Session, shape: ListShape, context: CheckContext): Promise<void> {
  const byOperation = created.get(context.base) ?? new Map<string, Promise<void>>();
  created.set(context.base, byOperation);
  const { id } = shape.operation;
  const creation = byOperation.get(id) ?? create(session, shape, context);
  byOperation.set(id, creation);
  return creation;
}

async function create(session: Session, shape: ListShape, context: CheckContext): Promise<void> {
  const resource = context.resources.find(({ list }) => list === shape.operation);
  if (!resource || !isMethodAllowed(context, resource.create.method)) return;
  const ids: unknown[] = [];
  for (let index = 0; index < OBJECTS; index += 1) {
    const body = createVariedBody(shape, context, { create: resource.create, index });
    // The target may have rules that no schema explains, so ordinary values are the second choice.
    const made = (await session.create(resource, body)) ?? (await session.create(resource));
    if (!made) break;
    ids.push(shape.id === undefined ? undefined : getAt(made.created.json, [shape.id]));
  }
  const expected = ids.filter((id) => id !== undefined);
  for (let waited = 0; waited < LISTED_WITHIN_MS && expected.length > 0; waited += POLL_MS) {
    const { items, isComplete } = await readPages(session, shape);
    const listed = new Set(items.map((item) => getAt(item, [shape.id ?? ''])));
    if (!isComplete || expected.every((id) => listed.has(id))) return;
    await delay(POLL_MS);
  }
}

interface VariedObject {
  readonly create: ListShape['operation'];
  readonly index: number;
}

/** Returns a valid body with other values than the bodies before it, in the members by which the list can be filtered and sorted. */
function createVariedBody(shape: ListShape, context: CheckContext, { create, index }: VariedObject): unknown {
  const { base, validator, description } = context;
  const body = base.bodyFor(create);
  if (isSkipped(body) || !body.isValid) return undefined;
  const { schema = {} } = body.media;
  const generation = { validator, use: findUse(body.mediaType) };
  const accepts = (value: unknown) => isValid(generation, schema, value);
  let value = shiftDates(pickBranch(body, context, index), DAYS[index] ?? 0, accepts);
  const names = [...new Set([...shape.filters, ...shape.sorts].map(({ path: [name = ''] }) => name))];
  const schemas = listSchemas(description.document, schema);
  for (const [position, name] of names.entries()) {
    const property = readProperty(description.document, findMemberSchemas(description.document, schemas, name));
    const variants = property ? listVariants(property) : [];
    const start = index + position * Math.floor(index / 2);
    const candidates = variants.map((_, offset) => ({
      ...asObject(value),
      [name]: variants[(start + offset) % variants.length],
    }));
    value = candidates.find(accepts) ?? value;
  }
  return value;
}

/** Returns the value of a body, or for later objects that of another branch of the schema. */
function pickBranch({ value, mediaType, media: { schema = {} } }: BaseBody, context: CheckContext, index: number) {
  const { base, validator } = context;
  const generation = { validator, use: findUse(mediaType) };
  const branches = [value, ...listPlainValues(schema, generation)];
  const branch = branches[index % branches.length];
  return branch === value ? value : renewValue(schema, branch, { generation, number: base.nextNumber() });
}

const DAYS = [0, 40, 3, 400, 15];
const DAY_MS = 86_400_000;

/** Moves all dates and times of an object by the same number of days, because some must be before others. */
function shiftDates(value: unknown, days: number, accepts: (value: unknown) => boolean): unknown {
  if (days === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const shifted = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' ? shiftDate(member, days) : member,
    ]),
  );
  return accepts(shifted) ? shifted : value;
}

function shiftDate(text: string, days: number): string {
  if (!/^\d{4}-\d\d-\d\d($|T\d\d:\d\d:\d\d(\.\d+)?Z$)/.test(text)) return text;
  const moved = new Date(Date.parse(text) + days * DAY_MS).toISOString();
  return text.length === 10 ? moved.slice(0, 10) : moved.replace(/\.\d+Z$/, text.slice(19));
}

/** Returns values that differ in the order of numbers and of text. */
function listVariants({ types, choices, format, items }: Property): unknown[] {
  if (choices) return choices.map((choice): unknown => JSON.parse(choice));
  if (items) {
    const variants = listVariants(items);
    return variants.length < 2 ? [] : [variants.slice(0, 1), variants.slice(1, 2), variants.slice(0, 2)];
  }
  switch (types[0]) {
    case 'boolean':
      return [true, false];
    case 'number':
      return [9, 10, 100, 2, 33, -7, 1, 3, 4, 5, 6, 7, 8, 0.5, 1000, 1900, 2024];
    case 'string':
      return format === undefined ? ['beta', 'alpha', 'gamma', 'delta', 'zeta'] : [];
    default:
      return [];
  }
}

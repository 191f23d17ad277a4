import { computeSnapshot, createCustomerData, type Facts, findNextChange, readObject } from '@firstofficer/metrics';
import { type AccountSettings, DEFAULT_CURRENCY } from '../../accounts.ts';
import type { CustomerValues } from '../../customers/columns.ts';
import type { Database } from '../../database/database.ts';
import { type CustomerParser, createCustomerParser } from '../../import/customer.ts';
import { isStorable, listItemPrices, listPrices, type StripeScope } from '../objects.ts';
import { type CustomerObject, readCustomerObjects, readPrices } from './read-objects.ts';

type Identifiers = Pick<CustomerValues, 'stripe_id' | 'extra_id' | 'email'>;

/** The result of a computation. */
export interface ComputedCustomer {
  /** The values that do not depend on figures. Null: the customer has none, because Stripe has deleted it, for example. */
  readonly identifiers: Identifiers;
  /** The figures and their currency. Null if they could not be computed. */
  readonly figures: Omit<CustomerValues, 'id' | keyof Identifiers> | null;
  /** Whether nothing of the customer is stored, because Stripe has deleted it and it never paid. */
  readonly isEmpty: boolean;
  /** When the figures change by time alone, in milliseconds since 1970. */
  readonly nextAt: number | null;
  /** Why the figures could not be computed. */
  readonly error: string | null;
}

/** Computes a customer by its Stripe ID. */
export type Compute = (stripeId: string) => Promise<ComputedCustomer>;

/** What {@link createComputation} depends on. */
export interface ComputationOptions {
  readonly scope: StripeScope;
  /** The time that figures are computed for, in milliseconds since 1970. */
  readonly now: number;
  readonly settings: AccountSettings;
}

// Most accounts have fewer prices. A price takes about 1 kB.
const MAX_PRICES = 20_000;

/** What was read of a customer so far. */
interface Source {
  readonly id: string;
  readonly facts: Facts[];
  readonly prices: Set<string>;
  /** The prices that subscriptions contain, by their IDs. Stripe deletes some that were used, such as those of old plans. */
  readonly contained: Map<string, unknown>;
  extra_id: string | null;
  email: string | null;
  error: string | null;
}

/**
 * Creates a function that computes a customer from its stored objects. It holds one page of them at a time, and the prices
 * of all customers.
 */
export async function createComputation(
  database: Database,
  { scope, now, settings }: ComputationOptions,
): Promise<Compute> {
  const parse = await loadParser();
  const at = Math.floor(now / 1_000);
  const defaultCurrency = settings.default_currency ?? DEFAULT_CURRENCY;
  const knownPrices = new Map<string, unknown>();

  return async (id) => {
    const source: Source = {
      id,
      facts: [],
      prices: new Set(),
      contained: new Map(),
      extra_id: null,
      email: null,
      error: null,
    };
    for await (const page of readCustomerObjects(database, scope, id))
      for (const object of page) addObject(source, object);
    return compute(source);
  };

  /** Adds the facts of an object. After an error, only the identifiers matter. */
  function addObject(source: Source, { type, data }: CustomerObject): void {
    if (source.error !== null && type !== 'customer') return;
    const object: Readonly<Record<string, unknown>> = JSON.parse(data);
    if (type === 'customer') {
      source.email = toIdentifier(object.email);
      source.extra_id = toIdentifier(readMetadata(object.metadata, settings.extra_id_key));
    }
    if (type === 'invoice') for (const price of listPrices(object)) source.prices.add(price);
    if (type === 'subscription') for (const price of listItemPrices(object)) source.contained.set(price.id, price);
    try {
      source.facts.push(readObject(object));
    } catch (error) {
      source.error = describeError(error);
    }
  }

  async function compute({ id, facts, extra_id, email, error, ...source }: Source): Promise<ComputedCustomer> {
    const identifiers = { stripe_id: id, extra_id, email };
    const fail = (reason: string) => ({ identifiers, figures: null, isEmpty: false, nextAt: null, error: reason });
    if (error !== null) return fail(error);
    const prices = await loadPrices(source);
    try {
      const data = createCustomerData([...facts, ...prices.map((price) => readObject(price))]).get(id);
      const zero = {
        total_contract_value: 0,
        current_mrr: 0,
        current_subscription_count: 0,
        currency: defaultCurrency,
      };
      const snapshot = data === undefined ? zero : computeSnapshot(data, at, { defaultCurrency });
      const next = data === undefined ? undefined : findNextChange(data, at);
      const { total_contract_value, current_mrr, current_subscription_count, currency } = parse({
        ...snapshot,
        ...identifiers,
        id: 1,
      }).values;
      const figures = { total_contract_value, current_mrr, current_subscription_count, currency };
      const nextAt = next === undefined ? null : next * 1_000;
      return { identifiers, figures, isEmpty: facts.length === 0, nextAt, error: null };
    } catch (failure) {
      return fail(describeError(failure));
    }
  }

  /** Returns the prices that are known. The engine names those that are missing. */
  async function loadPrices({ prices, contained }: Pick<Source, 'prices' | 'contained'>): Promise<unknown[]> {
    const ids = [...prices];
    if (knownPrices.size > MAX_PRICES) knownPrices.clear();
    const unknown = ids.filter((id) => !knownPrices.has(id));
    if (unknown.length > 0) {
      for (const { id, data } of await readPrices(database, scope, unknown)) knownPrices.set(id, JSON.parse(data));
    }
    return ids.flatMap((id) => knownPrices.get(id) ?? contained.get(id) ?? []);
  }
}

/** Returns the message of an error without characters that PostgreSQL cannot store. */
function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.toWellFormed().replaceAll('\0', '');
}

function readMetadata(metadata: unknown, key: string | null): unknown {
  const isReadable = key !== null && typeof metadata === 'object' && metadata !== null && Object.hasOwn(metadata, key);
  return isReadable ? (metadata as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** Returns a value of Stripe as an identifier, or null if it is empty or no request can contain it. */
function toIdentifier(value: unknown): string | null {
  return typeof value === 'string' && isStorable(value) ? value : null;
}

let parser: Promise<CustomerParser> | undefined;

/** Returns the parser of imports, which rejects customers that the API could not return. */
function loadParser(): Promise<CustomerParser> {
  parser ??= createCustomerParser();
  return parser;
}

import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Description, Operation } from '@firstofficer/openapi';
import type { CheckContext, CheckOptions, Profile } from '../checks/check.ts';
import type { KnownCustomer } from '../customers/known-customers.ts';
import { type BaseBody, createBaseData } from '../generate/base-data.ts';
import { isSafeMethod } from '../http/exchange.ts';
import { selectGivenParameters } from '../request/given-parameters.ts';
import type { ParameterValues } from '../request/serialization.ts';
import { isLoopback, type Target } from '../request/target.ts';
import { PARAMETER, retrievesCustomer } from '../rules/customer.ts';
import { addIdentifiers, listExampleCustomers } from '../rules/target-customers.ts';
import { createValidator } from '../schema/validation.ts';
import { createObjectStore, type ObjectStore } from '../state/objects.ts';
import { findOwner, findResources, listOuter, type Resource } from '../state/resources.ts';
import type { Connection, ConnectionLimits } from './connection.ts';

/** The options of a run that have defaults. */
export interface ResolvedOptions extends CheckOptions, ConnectionLimits {
  /** The names of the checks to run. Undefined means all checks. */
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[];
  /** Whether a run can pass although operations got no documented success. */
  readonly allowUnreached: boolean;
}

/** Everything that a run knows before its first test case. */
export interface RunContext extends CheckContext {
  readonly options: ResolvedOptions;
  /** The objects that the run created. */
  readonly store: ObjectStore;
  /** Whether the target is a mock that the run started. It stores nothing. */
  readonly isMock: boolean;
  /** How many times in a row the target refused to create an object. */
  readonly refused: Map<Resource, number>;
  /** The bodies with which the target created objects. */
  readonly accepted: Map<Operation, BaseBody>;
  /** Returns the parameter values that the user passed for an operation. */
  givenFor(operation: Operation): ParameterValues;
}

/** Returns the profile `firstofficer` for a description that has the operation of FirstOfficer's own rules. */
function detectProfile({ operations }: Pick<Description, 'operations'>): Profile {
  return operations.some(retrievesCustomer) ? 'firstofficer' : 'generic';
}

/** Returns the default options: no rate limit on this machine, careful limits elsewhere. */
export function defaultOptions(url: string, description: Pick<Description, 'operations'>): ResolvedOptions {
  const isLocal = isLoopback(url);
  return {
    only: undefined,
    skip: [],
    allowUnreached: false,
    seed: randomInt(2 ** 31),
    generated: 50,
    timeLimitMs: 10_000,
    concurrency: isLocal ? 8 : 4,
    rate: isLocal ? undefined : 20,
    unsafeMethods: false,
    lists: {},
    settleMs: 2000,
    profile: detectProfile(description),
  };
}

/** What is known about the target before the first request. */
interface KnownBefore {
  readonly description: Description;
  readonly target: Target;
  readonly customers: readonly KnownCustomer[];
  readonly parameters: ParameterValues;
  readonly options: ResolvedOptions;
  readonly isMock: boolean;
}

/** Builds the context of a run. It asks the target for further identifiers of the known customers. */
export async function prepareContext(
  { description, target, customers, parameters, options, isMock }: KnownBefore,
  connection: Connection,
): Promise<RunContext> {
  const operation = description.operations.find(retrievesCustomer);
  const first = customers[0]?.identifiers[0]?.value;
  const servesExamples = customers.length === 0 && Object.keys(parameters).length === 0;
  const named = operation && servesExamples ? listExampleCustomers(operation) : customers;
  const all = operation
    ? await Promise.all(named.map((customer) => addIdentifiers({ operation, target, client: connection }, customer)))
    : [];
  const validator = createValidator(description.document);
  const given = { ...parameters, ...(operation && first !== undefined && { [PARAMETER]: first }) };
  const givenFor = (one: Operation) => selectGivenParameters(one, given);
  const store = createObjectStore(isMock ? [] : findResources(description));
  const parametersFor = (one: Operation) => ({ ...findSharedParameters(store, one), ...givenFor(one) });
  return {
    description,
    validator,
    target,
    options,
    parametersFor,
    base: createBaseData({ validator, seed: options.seed, knownFor: parametersFor }),
    resources: store.resources,
    store,
    givenFor,
    isMock,
    refused: new Map(),
    accepted: new Map(),
    alternatives: all.flatMap(({ identifiers }) => identifiers.map(({ value }) => ({ [PARAMETER]: value }))),
    customers: all,
    servesExamples,
  };
}

/** Returns the parameter values of the object of which all test cases read. Unsafe operations get only those of outer objects. */
function findSharedParameters(store: ObjectStore, operation: Operation): ParameterValues {
  const { resources } = store;
  const owner = findOwner(resources, operation);
  if (!owner) return {};
  const isCreator = operation.method === 'POST' && resources.some(({ create }) => create === operation);
  const outer = listOuter(resources, owner);
  const read = isSafeMethod(operation.method) || isCreator ? [owner, ...outer] : outer;
  const [shared] = read.flatMap((resource) => store.findShared(resource) ?? []);
  return shared?.parametersFor(operation) ?? {};
}

/** Returns the path of the given description, or of FirstOfficer's Customers API by default. */
export function locateSpec(given: string | undefined): string {
  return given ?? fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
}

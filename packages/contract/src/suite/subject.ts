import type { Operation } from '@firstofficer/openapi';
import { expect, inject, TestRunner } from 'vitest';
import { departures } from '../engine/conformance.ts';
import { credentialForms } from '../engine/credentials.ts';
import { description } from '../engine/description.ts';
import { call, type Exchange } from '../engine/exchange.ts';
import { unknownMembers } from '../engine/unknown-members.ts';

/** The server under test. */
export const target = inject('firstofficerTarget');

/** Customers of its own; without any it serves the description's examples. */
export const knownCustomers = inject('firstofficerCustomers');

/** The operations it is tested by. */
export const { operations } = description;

/** The right key, in the first form that the operation takes. */
function rightKey(operation: Operation): Record<string, string> {
  return credentialForms(operation)[0]?.write(target.token) ?? {};
}

/** Calls an operation of the target and holds the response against the description, whatever the check at hand. */
export async function callConforming(
  operation: Operation,
  parameters: Readonly<Record<string, string>>,
  credentials: Readonly<Record<string, string>> = rightKey(operation),
): Promise<Exchange> {
  const exchange = await call(target, operation, { parameters, credentials });
  const found = departures(operation, exchange);
  if (found.length > 0) expect.fail([`${exchange.request} departs from the description:`, ...found].join('\n  - '));
  note(operation, exchange);
  return exchange;
}

/** Leaves word of what the description does not know, for the end of the run. */
function note(operation: Operation, { request, status, json }: Exchange): void {
  const [content] = Object.values(operation.responses[String(status)]?.content ?? {});
  const notes = unknownMembers(content?.schema ?? {}, json).map((member) => `${request} ${status}: ${member}`);
  const meta = TestRunner.getCurrentTest()?.meta;
  if (meta) meta.notes = [...(meta.notes ?? []), ...notes];
}

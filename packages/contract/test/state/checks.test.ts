import { describe, expect, type TestContext, test } from 'vitest';
import type { RunOptions } from '../../src/run/run.ts';
import { verifyDescription } from '../verify.ts';
import { createThingsServer, THINGS, type ThingsVariant } from './things-server.ts';

const ONLY = [
  'created_retrievable',
  'created_values',
  'created_listed',
  'unique_identifiers',
  'location_conformance',
  'update_applied',
  'update_isolated',
  'deleted_gone',
];

async function verifyThings(
  context: TestContext,
  variant: ThingsVariant,
  options: Pick<RunOptions, 'only' | 'settleMs'> = {},
) {
  const server = createThingsServer(variant);
  const result = await verifyDescription(context, {
    description: THINGS,
    answer: server.answer,
    only: ONLY,
    settleMs: 0,
    ...options,
  });
  return { ...result, things: server.things };
}

test('a correct server passes all checks, and the run deletes only what it created', async (context) => {
  const { report, found, things } = await verifyThings(context, {}, { only: undefined });
  const statuses = report.checks.filter(({ check, operation }) => ONLY.includes(check) && operation === 'createThing');

  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(report.verdict).toBe('passed');
  expect(statuses.map(({ check, status }) => [check, status])).toEqual(ONLY.map((check) => [check, 'passed']));
  expect([...things.values()].map(({ id, name, updated }) => [id, name, updated])).toEqual(
    [1, 2, 3].map((id) => [id, 'Foreign', 0]),
  );
  expect(report.remaining).toEqual([]);
});

const changeCreated = (change: NonNullable<ThingsVariant['change']>): ThingsVariant => ({
  change: (answer, request) => (answer.status === 201 ? change(answer, request) : answer),
});

test('a failure to delete an object that is already deleted is found', async (context) => {
  const change: ThingsVariant['change'] = (answer, { method, url }) =>
    method === 'DELETE' && answer.status === 404 && /\d$/.test(url.pathname) ? { status: 500 } : answer;
  const { found } = await verifyThings(context, { change }, { only: ['deleted_gone', 'not_a_server_error'] });

  expect(found.map(({ check }) => check)).toContain('not_a_server_error');
});

describe('the expected check finds a server that', () => {
  test.for<[string, check: string, ThingsVariant]>([
    ['forgets new things', 'created_retrievable', { find: (id, { things }) => (id > 3 ? undefined : things.get(id)) }],
    ['retrieves another thing', 'created_retrievable', { find: (id, { things }) => things.get(Math.min(id, 3)) }],
    [
      'stores names in lower case',
      'created_values',
      { create: ({ name, ...rest }) => ({ ...rest, name: String(name).toLowerCase() }) },
    ],
    ['trims names', 'created_values', { create: ({ name, ...rest }) => ({ ...rest, name: String(name).trim() }) }],
    ['loses tags', 'created_values', { create: ({ tags: _, ...rest }) => rest }],
    [
      'rounds sizes',
      'created_values',
      { create: ({ size = 0, ...rest }) => ({ ...rest, size: Math.round(Number(size)) }) },
    ],
    ['takes over a read-only member of a creation', 'created_values', { setsMade: ['POST'] }],
    ['takes over a read-only member of a change', 'update_isolated', { setsMade: ['PATCH'] }],
    ['has another default than documented', 'created_values', { create: (body) => ({ colour: 'blue', ...body }) }],
    ['lists no new things', 'created_listed', { list: (things) => things.filter(({ id }) => id <= 3) }],
    ['lists no blue things', 'created_listed', { list: (things) => things.filter(({ colour }) => colour !== 'blue') }],
    ['gives each thing the same ID', 'unique_identifiers', { nextId: () => 7 }],
    [
      'sends the URL of the list',
      'location_conformance',
      changeCreated((answer) => ({ ...answer, headers: { Location: '/things' } })),
    ],
    [
      'sends the URL of another thing',
      'location_conformance',
      changeCreated((answer) => ({ ...answer, headers: { Location: '/things/1' } })),
    ],
    ['ignores changes', 'update_applied', { update: (stored) => stored }],
    [
      'ignores null',
      'update_applied',
      {
        update: (stored, change) => ({
          ...stored,
          ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null)),
        }),
      },
    ],
    ['resets tags', 'update_isolated', { update: (stored, change) => ({ ...stored, tags: [], ...change }) }],
    [
      'resets the colour',
      'update_isolated',
      { update: (stored, change) => ({ ...stored, ...('colour' in stored && { colour: 'red' }), ...change }) },
    ],
    [
      'changes all things of the same colour',
      'update_isolated',
      {
        update(stored, change, { things }) {
          for (const [id, thing] of things)
            if (id > 3 && thing.colour === stored.colour) things.set(id, { ...thing, ...change });
          return { ...stored, ...change };
        },
      },
    ],
    [
      'creates things that a change does not find',
      'deleted_gone',
      {
        change(answer, { method }) {
          return method === 'PATCH' && answer.status === 404 ? { body: { id: 4, name: 'New' } } : answer;
        },
      },
    ],
    ['deletes nothing', 'deleted_gone', { remove: () => {} }],
    [
      'deletes the next thing as well',
      'deleted_gone',
      {
        remove(id, { things }) {
          things.delete(id);
          if (id > 3) things.delete(id + 1);
        },
      },
    ],
  ])('%s', async ([, check, variant], context) => {
    const { found } = await verifyThings(context, variant, { only: [check, 'positive_data_acceptance'] });
    const errors = found.filter(({ severity }) => severity === 'error');

    expect(errors.map((finding) => finding.check)).toContain(check);
  });
});

/** Returns a function that returns the value of a moment ago. */
function delay<T>(reads: number): (value: T) => T {
  const values: T[] = [];
  return (value) => {
    values.push(value);
    return values.at(-1 - reads) ?? value;
  };
}

describe('no check reports an error of a server that', () => {
  test.for<[string, ThingsVariant]>([
    [
      'stores emails in lower case',
      {
        create: ({ email, ...rest }) => ({
          ...rest,
          ...(email !== undefined && { email: String(email).toLowerCase() }),
        }),
      },
    ],
    ['returns the same thing for the same name', { upsert: true }],
    ['adds members', { create: (body) => ({ ...body, slug: 'thing', tags: body.tags ?? [] }) }],
    [
      'answers 202 to DELETE and deletes nothing yet',
      { remove: () => {}, change: (answer) => (answer.status === 204 ? { status: 202 } : answer) },
    ],
    [
      'answers 204 to a second DELETE',
      {
        change: (answer, { method, url }) =>
          method === 'DELETE' && /\/\d+$/.test(url.pathname) ? { status: 204 } : answer,
      },
    ],
    [
      'keeps deleted things and marks them',
      { remove: (id, { things }) => void things.set(id, { ...things.get(id), id, colour: 'blue', deleted: true }) },
    ],
    [
      'sends an absolute Location',
      changeCreated((answer, { headers }) => ({
        ...answer,
        headers: { Location: `http://${headers.host}${answer.headers?.Location}` },
      })),
    ],
    [
      'sends a Location on another host',
      changeCreated((answer) => ({
        ...answer,
        headers: { Location: `https://api.example.com/v1${answer.headers?.Location}` },
      })),
    ],
    ['creates nothing', { change: (answer) => (answer.status === 201 ? { status: 422 } : answer) }],
    [
      'has no bodies',
      {
        change: ({ body: _, ...answer }, { method }) =>
          method === 'POST' ? answer : { ...answer, ...(_ !== undefined && { body: _ }) },
      },
    ],
  ])('%s', async ([, variant], context) => {
    const { found } = await verifyThings(context, variant);

    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('shows changes a moment later', async (context) => {
    const lists = delay<readonly unknown[]>(2);
    const { found } = await verifyThings(context, { list: (things) => lists(things) as never }, { settleMs: 500 });

    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('checks that need what the target refuses to create have a reason', async (context) => {
  const { report } = await verifyThings(context, {
    change: (answer) => (answer.status === 201 ? { status: 422 } : answer),
  });

  expect(report.checks.filter(({ check, operation }) => operation === 'createThing' && ONLY.includes(check))).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ check: 'deleted_gone', status: 'skipped', reason: 'createThing created no thing' }),
    ]),
  );
});

import { asArray, asObject } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import type { TestRequest } from '../selftest/fault.ts';
import type { MuseumFault } from '../selftest/museum/fault.ts';
import { conformingMuseums, museumFaultGroups, startMuseum } from '../selftest/museum/index.ts';
import { PENDING_FALSE_ALARMS, PENDING_FAULTS } from '../selftest/museum/pending.ts';
import {
  addImage,
  bookTour,
  create,
  createFrom,
  FILM,
  list,
  NEW,
  OLDEST,
  remove,
  request,
  retrieve,
  SEED_IDS,
  UNKNOWN,
  update,
} from '../selftest/museum/requests.ts';
import type { MuseumVariant } from '../selftest/museum/server/steps.ts';
import { ALL_CHECKS } from '../src/run/plan.ts';
import { exchange, parse } from './raw-exchange.ts';

const faults = museumFaultGroups.flatMap((group) => group.faults);

/** Sends requests one after the other to a new museum, and returns the bytes of the responses. */
async function sendAll(requests: readonly TestRequest[], variant?: MuseumVariant): Promise<Buffer[]> {
  await using museum = await startMuseum(variant);
  const responses: Buffer[] = [];
  for (const given of requests) responses.push((await exchange(museum.url, [given])).received);
  return responses;
}

const formatAll = (responses: readonly Buffer[]) => Buffer.concat(responses).toString('latin1');

/** Sends requests to a new correct museum, and returns the last response. */
async function send(...requests: readonly TestRequest[]) {
  const responses = await sendAll(requests);
  return parse(responses.at(-1) ?? Buffer.of());
}

describe('the correct museum', () => {
  test.each([
    ['a new painting', create(), 201],
    ['a new film', createFrom(FILM), 201],
    ['an inventory number that is taken', create({ inventory_number: 'AA-0001' }), 409],
    ['another media type', create({}, { 'Content-Type': 'text/plain' }), 415],
    ['a list', list('limit=2&sort=-year&kind=painting&on_display=true&tags=light&year[gte]=1&floors=0|1'), 200],
    ['an exhibit', retrieve(), 200],
    ['an unknown exhibit', retrieve(UNKNOWN), 404],
    ['an ID that is no UUID', retrieve('first'), 400],
    ['a change', update({ title: 'x' }), 200],
    ['an empty change', update({}), 400],
    ['a deletion', remove(), 204],
    ['an image', addImage(), 201],
    ['a tour', bookTour(), 201],
    ['a tour on Christmas Day', bookTour({ day: '2026-12-25' }), 422],
    ['an unknown path', request('/paintings'), 404],
    ['an unsupported method', request('/tours'), 405],
    ['a request without a key', { ...list(), headers: {} }, 401],
  ])('answers %s', async (_, given, status) => {
    expect((await send(given)).status).toBe(status);
  });

  test('lists all exhibits in pages', async () => {
    const found: unknown[] = [];
    let cursor: unknown = '';
    while (cursor !== null) {
      const query = cursor === '' ? 'limit=4' : `limit=4&cursor=${cursor}`;
      const body = asObject((await send(list(query))).json);
      found.push(...asArray(body.data).map((exhibit) => asObject(exhibit).id));
      cursor = body.next_cursor;
    }

    expect(found).toEqual(SEED_IDS);
  });

  test('updates an exhibit only if its version is the expected one', async () => {
    const change = (version: string) => ({
      ...update({ title: 'x' }),
      headers: { ...update({}).headers, 'If-Match': version },
    });

    expect((await send(change('"2"'))).status).toBe(412);
    expect((await send(change('"1"'))).json).toMatchObject({ id: OLDEST, title: 'x', version: 2 });
  });

  test('keeps the note of the donor to itself', async () => {
    expect((await send(create({ donor_note: 'Ana' }), retrieve(NEW))).json).not.toHaveProperty('donor_note');
  });
});

describe.each(museumFaultGroups)('$name', ({ faults }) => {
  test.concurrent.each<MuseumFault>(faults)(
    'the museum that $name does not respond like the correct one',
    async ({ variant, triggeredBy = [] }) => {
      const requests = [triggeredBy].flat();

      expect(formatAll(await sendAll(requests, variant))).not.toBe(formatAll(await sendAll(requests)));
    },
  );
});

describe('all museums', () => {
  test('the checks of each fault exist', () => {
    const names = ALL_CHECKS.map(({ name }) => name);
    const found = faults.filter(({ name }) => !PENDING_FAULTS.includes(name));

    for (const { name, checks } of found) expect(names, name).toEqual(expect.arrayContaining([...checks]));
  });

  test('there are at least 120 faults and 40 conforming museums', () => {
    expect(faults.length).toBeGreaterThanOrEqual(120);
    expect(conformingMuseums.length).toBeGreaterThanOrEqual(40);
  });

  test('each museum has a unique name', () => {
    const names = [...faults, ...conformingMuseums].map(({ name }) => name);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names).toEqual(expect.arrayContaining([...PENDING_FAULTS, ...PENDING_FALSE_ALARMS]));
  });

  test.concurrent.each(conformingMuseums)(
    'the museum that $name answers like the description says',
    async ({ variant, description }) => {
      await using museum = await startMuseum({ ...(description && { edits: description }), ...variant });
      const { received, isComplete } = await exchange(museum.url, [list()]);

      expect(isComplete).toBe(true);
      expect(received.toString()).toContain('HTTP/1.1 200 ');
    },
  );
});

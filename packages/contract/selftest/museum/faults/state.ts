import { foundBy, type MuseumFaultGroup } from '../fault.ts';
import {
  create,
  createFrom,
  FILM,
  list,
  NEW,
  OLDEST,
  remove,
  retrieve,
  SECOND,
  SEED_IDS,
  update,
} from '../requests.ts';
import { CORRECT } from '../server/correct.ts';
import type { Answer, Call, MuseumVariant } from '../server/steps.ts';
import { createId, type Exhibit, type Store, type Values } from '../server/store.ts';
import { answers, changesBodies, type FaultyMuseum, onCreate, onUpdate } from '../variants.ts';

type Trigger = FaultyMuseum['triggeredBy'];

/** Returns a server that does something after it has handled a request. */
function after(operation: string, act: (call: Call, answer: Answer) => void, triggeredBy: Trigger): FaultyMuseum {
  const handle: MuseumVariant['handle'] = (call, steps) => {
    const answer = CORRECT.handle(call, steps);
    if (call.operation === operation) act(call, answer);
    return answer;
  };
  return { variant: { handle }, ...(triggeredBy && { triggeredBy }) };
}

const getId = ({ body }: Answer) => String((body as Partial<Exhibit> | undefined)?.id);
const isSeed = ({ id }: Exhibit) => SEED_IDS.includes(id);
const location = (change: (location: string) => string) =>
  answers(
    { to: 'createExhibit', status: 201 },
    ({ headers }) => ({ headers: { ...headers, Location: change(headers.Location ?? '') } }),
    create(),
  );
/** Returns the change without the members that a condition selects. */
const dropMembers =
  (isDropped: (name: string, value: unknown, index: number) => boolean) => (_: Exhibit, change: Values) =>
    Object.fromEntries(Object.entries(change).filter(([name, value], index) => !isDropped(name, value, index)));

const CREATE_AND_RETRIEVE = [create(), retrieve(NEW)];
const TAGGED = create({ tags: ['sea'], note: 'Fragile.' });

/** Creations. */
export const creation: MuseumFaultGroup = {
  name: 'museum: creation',
  faults: [
    ...foundBy('created_retrievable', {
      'forgets an exhibit when it has created it': after(
        'createExhibit',
        ({ store }, answer) => store.exhibits.delete(getId(answer)),
        CREATE_AND_RETRIEVE,
      ),
      'returns another exhibit than the one created': {
        variant: {
          findExhibit: (id, { exhibits }) =>
            exhibits.has(id) ? exhibits.get(SEED_IDS.includes(id) ? id : OLDEST) : undefined,
        },
        triggeredBy: CREATE_AND_RETRIEVE,
      },
      'creates an exhibit under another ID': changesBodies(
        { to: 'createExhibit', status: 201 },
        (body) => ({ ...body, id: createId(0) }),
        create(),
      ),
    }),
    ...foundBy('created_values', {
      'trims titles': onCreate((exhibit) => ({ ...exhibit, title: exhibit.title.trim() }), create({ title: ' x ' })),
      'stores titles in lower case': onCreate(
        (exhibit) => ({ ...exhibit, title: exhibit.title.toLowerCase() }),
        create(),
      ),
      'stores 59 characters of a title': onCreate(
        (exhibit) => ({ ...exhibit, title: exhibit.title.slice(0, 59) }),
        create({ title: 'x'.repeat(60) }),
      ),
      'loses characters outside of the BMP': onCreate(
        (exhibit) => ({ ...exhibit, title: exhibit.title.replaceAll(/[^\0-\uffff]/gu, '?') }),
        create({ title: '🖼' }),
      ),
      'escapes titles for HTML': onCreate(
        (exhibit) => ({ ...exhibit, title: exhibit.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;') }),
        create({ title: 'a < b' }),
      ),
      'loses tags': onCreate((exhibit) => ({ ...exhibit, tags: [] }), create({ tags: ['sea'] })),
      'stores only the first tag': onCreate(
        (exhibit) => ({ ...exhibit, tags: exhibit.tags.slice(0, 1) }),
        create({ tags: ['sea', 'light'] }),
      ),
      'puts every new exhibit on display': onCreate(
        (exhibit) => ({ ...exhibit, on_display: true }),
        create({ on_display: false }),
      ),
      'rounds heights': onCreate(
        (exhibit) => ({
          ...exhibit,
          ...(typeof exhibit.height_cm === 'number' && { height_cm: Math.ceil(exhibit.height_cm) }),
        }),
        create({ height_cm: 1.5 }),
      ),
      'stores years without their sign': onCreate(
        (exhibit) => ({ ...exhibit, year: Math.abs(exhibit.year) }),
        create({ year: -480 }),
      ),
      'stores the day before an acquisition': onCreate(
        (exhibit) => ({
          ...exhibit,
          ...(typeof exhibit.acquired_on === 'string' && { acquired_on: formatPreviousDay(exhibit.acquired_on) }),
        }),
        create({ acquired_on: '2026-03-01' }),
      ),
      'loses the spots of rooms': onCreate(
        ({ rooms, ...exhibit }) => ({ ...exhibit, rooms: rooms.map(({ floor, is_public }) => ({ floor, is_public })) }),
        create({ rooms: [{ floor: 1, is_public: true, spots: [{ label: 'left', light: { lux: 5 } }] }] }),
      ),
      'stores the first floor for every room': onCreate(
        ({ rooms, ...exhibit }) => ({ ...exhibit, rooms: rooms.map((room) => ({ ...room, floor: 1 })) }),
        create({ rooms: [{ floor: 2, is_public: true }] }),
      ),
      'stores an insured value of 0 as absent': onCreate(
        ({ insured_value, currency, ...exhibit }) => ({
          ...exhibit,
          ...(insured_value ? { insured_value, currency } : {}),
        }),
        create({ insured_value: 0, currency: 'EUR' }),
      ),
      'stores euros for every currency': onCreate(
        (exhibit) => ({ ...exhibit, ...(exhibit.currency !== undefined && { currency: 'EUR' }) }),
        create({ insured_value: 5, currency: 'USD' }),
      ),
      'stores the year of the exhibit before': onCreate(
        (exhibit, _, { history }) => ({ ...exhibit, year: history.at(-1)?.year ?? exhibit.year }),
        create(),
      ),
    }),
    ...foundBy('created_listed', {
      'never lists new exhibits': {
        variant: { listExhibits: (store) => CORRECT.listExhibits(store).filter(isSeed) },
        triggeredBy: [create(), list()],
      },
      'lists only exhibits on display': {
        variant: { matches: (exhibit, query) => CORRECT.matches(exhibit, { on_display: true, ...query }) },
        triggeredBy: list(),
      },
      'lists no films': {
        variant: { listExhibits: (store) => CORRECT.listExhibits(store).filter(({ kind }) => kind !== 'film') },
        triggeredBy: [createFrom(FILM), list()],
      },
    }),
    ...foundBy('unique_identifiers', {
      'gives every new exhibit the same ID': onCreate(
        (exhibit) => ({ ...exhibit, id: NEW }),
        [create(), createFrom(FILM)],
      ),
      'numbers exhibits by their count': onCreate(
        (exhibit, _, { exhibits }) => ({ ...exhibit, id: createId(exhibits.size + 1) }),
        [create(), remove(NEW), createFrom(FILM)],
      ),
    }),
    ...foundBy('location_conformance', {
      'sends the URL of the list as Location': location(() => '/exhibits'),
      'sends the URL of another exhibit as Location': location(() => `/exhibits/${OLDEST}`),
      'sends a Location that leads nowhere': location((path) => `/v1${path}`),
      'sends only the ID as Location': location((path) => path.replace('/exhibits/', '')),
    }),
    ...foundBy('link_conformance', {
      'sends IDs in responses that no request finds': changesBodies(
        { to: 'createExhibit', status: 201 },
        (body) => ({ ...body, id: String(body.id).replace(/^../, '00') }),
        create(),
      ),
    }),
  ],
};

function formatPreviousDay(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** Returns the exhibits that are not the given one. */
const getOthers = ({ exhibits }: Store, { id }: Exhibit) => [...exhibits.values()].filter((other) => other.id !== id);

/** Changes. */
export const changes: MuseumFaultGroup = {
  name: 'museum: changes',
  faults: [
    ...foundBy('update_applied', {
      'ignores changes': onUpdate(() => ({}), update({ title: 'x' })),
      'answers with a change that it does not store': {
        variant: {
          handle(call, steps) {
            const id = String(call.parameters.exhibitId);
            const before = call.store.exhibits.get(id);
            const answer = CORRECT.handle(call, steps);
            if (call.operation === 'updateExhibit' && before) call.store.exhibits.set(id, before);
            return answer;
          },
        },
        triggeredBy: [update({ title: 'x' }), retrieve()],
      },
      'ignores null in a change': onUpdate(
        dropMembers((_, value) => value === null),
        [TAGGED, update({ note: null }, NEW)],
      ),
      'ignores false in a change': onUpdate(
        dropMembers((_, value) => value === false),
        update({ on_display: false }),
      ),
      'ignores an empty list in a change': onUpdate(
        dropMembers((_, value) => Array.isArray(value) && value.length === 0),
        update({ tags: [] }),
      ),
      'ignores 0 in a change': onUpdate(
        dropMembers((_, value) => value === 0),
        update({ year: 0 }),
      ),
      'applies only the first member of a change': onUpdate(
        dropMembers((_, __, index) => index > 0),
        update({ title: 'x', year: 5 }),
      ),
      'ignores changes of rooms': onUpdate(
        dropMembers((name) => name === 'rooms'),
        update({ rooms: [{ floor: 4, is_public: true }] }),
      ),
      'adds tags instead of replacing them': onUpdate(
        (stored, change) => ({
          ...change,
          ...(Array.isArray(change.tags) && { tags: [...new Set([...stored.tags, ...change.tags])].slice(0, 5) }),
        }),
        update({ tags: ['stone'] }),
      ),
      'lists the exhibits before their changes': {
        variant: { listExhibits: ({ history, exhibits }) => history.filter(({ id }) => exhibits.has(id)) },
        triggeredBy: [update({ title: 'x' }), list()],
      },
    }),
    ...foundBy('update_isolated', {
      'changes all exhibits of the same kind': onUpdate(
        (stored, change, store) => {
          for (const other of getOthers(store, stored)) {
            if (other.kind === stored.kind) store.exhibits.set(other.id, { ...other, ...change });
          }
          return change;
        },
        [create(), update({ title: 'x' }, NEW), list()],
      ),
      'changes the exhibit before as well': onUpdate(
        (stored, change, store) => {
          const ids = [...store.exhibits.keys()];
          const previous = store.exhibits.get(ids[ids.indexOf(stored.id) - 1] ?? '');
          if (previous) store.exhibits.set(previous.id, { ...previous, ...change });
          return change;
        },
        [create(), update({ title: 'x' }, NEW), list()],
      ),
      'resets members that a change does not have': onUpdate(
        (_, change) => ({ tags: [], note: null, on_display: true, ...change }),
        [TAGGED, update({ title: 'x' }, NEW)],
      ),
      'clears tags when the title changes': onUpdate(
        (_, change) => (change.title === undefined ? change : { tags: [], ...change }),
        [TAGGED, update({ title: 'x' }, NEW)],
      ),
      'changes the inventory number with the year': onUpdate(
        (_, change) => (change.year === undefined ? change : { ...change, inventory_number: 'YY-0000' }),
        update({ year: 5 }),
      ),
      'removes spots when the title changes': onUpdate(
        ({ rooms }, change) =>
          change.title === undefined
            ? change
            : { rooms: rooms.map(({ floor, is_public }) => ({ floor, is_public })), ...change },
        [
          create({ rooms: [{ floor: 1, is_public: true, spots: [{ label: 'left', light: { lux: 5 } }] }] }),
          update({ title: 'x' }, NEW),
        ],
      ),
    }),
  ],
};

const DELETE_NEW = [create(), remove(NEW)];

/** Returns a server that deletes differently. */
const deletes = (deleteExhibit: NonNullable<MuseumVariant['deleteExhibit']>, triggeredBy: Trigger): FaultyMuseum => ({
  variant: { deleteExhibit },
  ...(triggeredBy && { triggeredBy }),
});

/** Deletions. */
export const deletion: MuseumFaultGroup = {
  name: 'museum: deletion',
  faults: foundBy('deleted_gone', {
    'deletes nothing': deletes(() => {}, [...DELETE_NEW, retrieve(NEW)]),
    'retrieves deleted exhibits': {
      variant: {
        findExhibit: (id, { exhibits, history }) => exhibits.get(id) ?? history.find((exhibit) => exhibit.id === id),
      },
      triggeredBy: [...DELETE_NEW, retrieve(NEW)],
    },
    'lists deleted exhibits': {
      variant: { listExhibits: ({ history }) => history },
      triggeredBy: [...DELETE_NEW, list()],
    },
    'deletes the oldest exhibit instead': deletes(
      ({ id }, { exhibits }) => {
        const [oldest = id] = [...exhibits.keys()].filter((other) => other !== id);
        exhibits.delete(oldest);
      },
      [...DELETE_NEW, retrieve(NEW)],
    ),
    'deletes only exhibits without tags': deletes(
      (stored, store) => (stored.tags.length > 0 ? undefined : CORRECT.deleteExhibit(stored, store)),
      [TAGGED, remove(NEW), retrieve(NEW)],
    ),
    'deletes only exhibits that were never changed': deletes(
      (stored, store) => (stored.version > 1 ? undefined : CORRECT.deleteExhibit(stored, store)),
      [create(), update({ title: 'x' }, NEW), remove(NEW), retrieve(NEW)],
    ),
    'deletes the exhibit after it as well': deletes(
      (stored, { exhibits }) => {
        const ids = [...exhibits.keys()];
        exhibits.delete(ids[ids.indexOf(stored.id) + 1] ?? '');
        exhibits.delete(stored.id);
      },
      [create(), createFrom(FILM), remove(NEW), retrieve(SECOND)],
    ),
  }),
};

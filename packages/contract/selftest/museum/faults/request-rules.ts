import type { TestRequest } from '../../fault.ts';
import { foundBy, type MuseumFaultGroup } from '../fault.ts';
import {
  addImage,
  bookTour,
  create,
  createFrom,
  FILM,
  list,
  OLDEST,
  PAINTING,
  request,
  retrieve,
  update,
} from '../requests.ts';
import { CORRECT } from '../server/correct.ts';
import type { Steps } from '../server/steps.ts';
import {
  accepts,
  acceptsIfValidAfter,
  changed,
  type FaultyMuseum,
  ignores,
  image,
  isObject,
  member,
  parameter,
  reads,
  tour,
} from '../variants.ts';

const [ROOM = {}] = PAINTING.rooms;
const KINDS = ['painting', 'sculpture', 'film'];
const inRoom = (members: object) => create({ rooms: [{ ...ROOM, ...members }] });

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Rules for members of the body of `createExhibit`. */
export const bodyRules: MuseumFaultGroup = {
  name: 'museum: rules for members of a body',
  faults: foundBy('negative_data_rejection', {
    'accepts an empty title': ignores(member('title/minLength'), create({ title: '' })),
    'accepts a title of 61 characters': ignores(member('title/maxLength'), create({ title: 'x'.repeat(61) })),
    'counts graphemes instead of characters': accepts(
      ({ place, keyword }, value) =>
        place === 'body/title' &&
        keyword === 'maxLength' &&
        isObject(value) &&
        [...segments.segment(String(value.title))].length <= 60,
      create({ title: 'e\u0301'.repeat(40) }),
    ),
    'accepts a number as title': ignores(member('title/type'), create({ title: 7 })),
    'accepts null as title': reads({ [member('title/type')]: ['string', 'null'] }, create({ title: null })),
    'accepts years before 3000 BC': ignores(member('year/minimum'), create({ year: -3001 })),
    'accepts years after 2100': ignores(member('year/maximum'), create({ year: 2101 })),
    'accepts a fraction as year': reads({ [member('year/type')]: 'number' }, create({ year: 1700.5 })),
    'accepts a text as year': reads({ [member('year/type')]: ['integer', 'string'] }, create({ year: '1700' })),
    'accepts a height that is no multiple of half a centimetre': ignores(
      member('height_cm/multipleOf'),
      create({ height_cm: 1.25 }),
    ),
    'accepts a height of 0': reads(
      { [member('height_cm/exclusiveMinimum')]: -0.5, [member('height_cm/minimum')]: 0 },
      create({ height_cm: 0 }),
    ),
    'accepts a height above the maximum': ignores(member('height_cm/maximum'), create({ height_cm: 10_000.5 })),
    'accepts another schema version': ignores(member('schema_version/const'), create({ schema_version: 2 })),
    'accepts any inventory number': ignores(member('inventory_number/pattern'), create({ inventory_number: 'x' })),
    'accepts an inventory number with a suffix': reads(
      { [member('inventory_number/pattern')]: '^[A-Z]{2}-[0-9]{4}' },
      create({ inventory_number: 'ZZ-00010' }),
    ),
    'accepts an inventory number with a prefix': reads(
      { [member('inventory_number/pattern')]: '[A-Z]{2}-[0-9]{4}$' },
      create({ inventory_number: 'ZZZ-0001' }),
    ),
    'accepts an inventory number in lower case': acceptsIfValidAfter(
      (body) => ({ ...body, inventory_number: String(body.inventory_number).toUpperCase() }),
      create({ inventory_number: 'zz-0001' }),
    ),
    'accepts any text as date': ignores(member('acquired_on/format'), create({ acquired_on: 'soon' })),
    'accepts a day that does not exist': reads(
      { [member('acquired_on')]: { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' } },
      create({ acquired_on: '2026-02-30' }),
    ),
    'accepts a time after the date': acceptsIfValidAfter(
      (body) => ({ ...body, acquired_on: String(body.acquired_on).replace(/T.*$/, '') }),
      create({ acquired_on: '2026-02-03T10:00:00Z' }),
    ),
    'accepts any text as website': ignores(member('website/format'), create({ website: 'no website' })),
    'accepts any text as email': ignores(member('curator_email/format'), create({ curator_email: 'nobody' })),
    'accepts a currency in lower case': acceptsIfValidAfter(
      (body) => ({ ...body, currency: String(body.currency).toUpperCase() }),
      create({ insured_value: 5, currency: 'eur' }),
    ),
    'accepts any currency': ignores(member('currency/enum'), create({ insured_value: 5, currency: 'XXX' })),
    'accepts a negative value': ignores(
      member('insured_value/minimum'),
      create({ insured_value: -1, currency: 'EUR' }),
    ),
    'accepts a text as boolean': reads(
      { [member('on_display/type')]: ['boolean', 'string'] },
      create({ on_display: 'true' }),
    ),
    'accepts a tag twice': ignores(member('tags/uniqueItems'), create({ tags: ['sea', 'sea'] })),
    'accepts six tags': ignores(member('tags/maxItems'), create({ tags: ['a', 'b', 'c', 'd', 'e', 'f'] })),
    'accepts a tag of 13 characters': ignores(member('tags/items/maxLength'), create({ tags: ['x'.repeat(13)] })),
    'accepts a tag with a capital letter': ignores(member('tags/items/pattern'), create({ tags: ['Sea'] })),
    'accepts a number as tag': ignores(member('tags/items/type'), create({ tags: [5] })),
    'accepts one tag instead of a list': reads({ [member('tags/type')]: ['array', 'string'] }, create({ tags: 'sea' })),
    'accepts a note of 501 characters': ignores(member('note/maxLength'), create({ note: 'x'.repeat(501) })),
    'accepts an exhibit without a title': ignores(
      '/components/schemas/NewExhibit/required/title',
      create({ title: undefined }),
    ),
    'accepts an exhibit without a kind': ignores(
      '/components/schemas/NewExhibit/allOf/1/oneOf/0/required/kind',
      create({ kind: undefined }),
    ),
    'accepts an insured value without a currency': ignores(
      '/components/schemas/NewExhibit/allOf/0/dependentRequired',
      create({ insured_value: 5 }),
    ),
    'accepts unknown members': ignores(
      '/components/schemas/NewExhibit/unevaluatedProperties',
      create({ colour: 'red' }),
    ),
  }),
};

/** Rules for members of members, and for the kinds of an exhibit. */
export const nestedRules: MuseumFaultGroup = {
  name: 'museum: rules for nested members and kinds',
  faults: foundBy('negative_data_rejection', {
    'accepts a room that is no object': ignores(member('rooms/items/type'), create({ rooms: [ROOM, 5] })),
    'accepts nine rooms': ignores(member('rooms/maxItems'), create({ rooms: Array.from({ length: 9 }, () => ROOM) })),
    'accepts rooms of which none is public': ignores(
      member('rooms/contains'),
      create({ rooms: [{ floor: 1, is_public: false }] }),
    ),
    'accepts a room without a floor': ignores(member('rooms/items/required/floor'), inRoom({ floor: undefined })),
    'accepts floors above the fourth': ignores(member('rooms/items/properties/floor/maximum'), inRoom({ floor: 5 })),
    'accepts unknown members of a room': ignores(member('rooms/items/additionalProperties'), inRoom({ colour: 'red' })),
    'accepts a light without lux': ignores(
      member('rooms/items/properties/spots/items/properties/light/required/lux'),
      inRoom({ spots: [{ label: 'left', light: {} }] }),
    ),
    'accepts a light of 501 lux': ignores(
      member('rooms/items/properties/spots/items/properties/light/properties/lux/maximum'),
      inRoom({ spots: [{ label: 'left', light: { lux: 501 } }] }),
    ),
    'accepts unknown members of a light': ignores(
      member('rooms/items/properties/spots/items/properties/light/additionalProperties'),
      inRoom({ spots: [{ label: 'left', light: { lux: 5, colour: 'red' } }] }),
    ),
    'accepts a spot without a label': ignores(
      member('rooms/items/properties/spots/items/required/label'),
      inRoom({ spots: [{ light: { lux: 5 } }] }),
    ),
    'accepts spots that are no list': ignores(member('rooms/items/properties/spots/type'), inRoom({ spots: {} })),
    'accepts unknown kinds': accepts(
      (_, value, { name }) =>
        name === 'body' && isObject(value) && 'kind' in value && !KINDS.includes(String(value.kind)),
      create({ kind: 'vase' }),
    ),
    'ignores the kind when it validates': acceptsIfValidAfter(
      (body) => ({ ...body, kind: KINDS.find((kind) => `${MEMBER_OF_KIND[kind]}` in body) }),
      createFrom({ ...FILM, kind: 'painting' }),
    ),
    'accepts members of another kind': acceptsIfValidAfter(
      ({ minutes: _, is_silent: __, ...body }) => body,
      create({ minutes: 5 }),
    ),
    'accepts a film of 0 minutes': ignores(
      '/components/schemas/NewExhibit/allOf/1/oneOf/2/properties/minutes/minimum',
      createFrom({ ...FILM, minutes: 0 }),
    ),
    'accepts any medium': ignores(
      '/components/schemas/NewExhibit/allOf/1/oneOf/0/properties/medium/enum',
      create({ medium: 'chalk' }),
    ),
    'accepts a sculpture of 0 kg': reads(
      { '/components/schemas/NewExhibit/allOf/1/oneOf/1/properties/weight_kg': { type: 'number', minimum: 0 } },
      create({ kind: 'sculpture', medium: undefined, material: 'clay', weight_kg: 0 }),
    ),
  }),
};

const MEMBER_OF_KIND: Readonly<Record<string, string>> = { painting: 'medium', sculpture: 'material', film: 'minutes' };

/** Rules for changes of an exhibit. */
export const changeRules: MuseumFaultGroup = {
  name: 'museum: rules for changes',
  faults: foundBy('negative_data_rejection', {
    'accepts an empty change': ignores(changed('minProperties'), update({})),
    'accepts unknown members in a change': ignores(changed('additionalProperties'), update({ colour: 'red' })),
    'accepts an empty title in a change': ignores(changed('properties/title/minLength'), update({ title: '' })),
    'accepts a text as year in a change': ignores(changed('properties/year/type'), update({ year: '1700' })),
    'accepts any rooms in a change': reads(
      { [changed('properties/rooms')]: { type: 'array' } },
      update({ rooms: [{ floor: 'attic' }] }),
    ),
    'accepts a tag twice in a change': ignores(changed('properties/tags/uniqueItems'), update({ tags: ['a', 'a'] })),
    'accepts an insured value without a currency in a change': ignores(
      changed('dependentRequired'),
      update({ insured_value: 5 }),
    ),
    'accepts null for a boolean in a change': reads(
      { [changed('properties/on_display/type')]: ['boolean', 'null'] },
      update({ on_display: null }),
    ),
  }),
};

/** Returns a server that parses bodies differently. */
const parses = (parseBody: Steps['parseBody'], triggeredBy: TestRequest): FaultyMuseum => ({
  variant: { parseBody },
  triggeredBy,
});

const isJson = (mediaType: string) => mediaType === 'application/json';

/** Returns a valid exhibit with a new inventory number. */
const createDefault = (number: number) => ({
  ...PAINTING,
  inventory_number: `DD-${String(number % 10_000).padStart(4, '0')}`,
});

/** Rules for whole bodies. */
export const wholeBodies: MuseumFaultGroup = {
  name: 'museum: whole bodies',
  faults: foundBy('negative_data_rejection', {
    'accepts a list of one exhibit as exhibit': parses(
      (request, input) => {
        const value = CORRECT.parseBody(request, input);
        return Array.isArray(value) ? value[0] : value;
      },
      createFrom([PAINTING]),
    ),
    'creates a default exhibit if the body is missing': parses(
      (request, input) =>
        isJson(input.mediaType) && request.bytes.length === 0
          ? createDefault(request.number)
          : CORRECT.parseBody(request, input),
      createFrom(''),
    ),
    'creates a default exhibit if the JSON is malformed': parses((request, input) => {
      const value = CORRECT.parseBody(request, input);
      return isJson(input.mediaType) && request.bytes.length > 0 ? (value ?? createDefault(request.number)) : value;
    }, createFrom('{"kind":')),
    'accepts JSON with a comma at the end': parses(
      ({ bytes, ...request }, input) => {
        const text = bytes.toString().replace(/,\s*}$/, '}');
        return CORRECT.parseBody({ ...request, bytes: isJson(input.mediaType) ? Buffer.from(text) : bytes }, input);
      },
      createFrom(JSON.stringify(PAINTING).replace(/}$/, ',}')),
    ),
    'does not check the media type': {
      variant: { acceptsMediaType: () => true },
      triggeredBy: create({}, { 'Content-Type': 'text/plain' }),
    },
    'creates an exhibit from XML': {
      variant: {
        acceptsMediaType: (mediaType, input) => mediaType === input.mediaType || mediaType.endsWith('xml'),
        parseBody: (request, input) =>
          String(request.headers['content-type']).includes('xml')
            ? createDefault(request.number)
            : CORRECT.parseBody(request, input),
      },
      triggeredBy: create({}, { 'Content-Type': 'application/xml' }),
    },
    'accepts a tour as JSON': {
      variant: {
        acceptsMediaType: (mediaType, input) =>
          mediaType === input.mediaType || (isJson(mediaType) && input.mediaType.endsWith('form-urlencoded')),
        parseBody: (request, input) =>
          request.headers['content-type'] === 'application/json'
            ? JSON.parse(request.bytes.toString())
            : CORRECT.parseBody(request, input),
      },
      triggeredBy: {
        ...bookTour(),
        headers: { ...bookTour().headers, 'Content-Type': 'application/json' },
        body: '{"day":"2026-05-04","visitors":3,"language":"en","email":"ana@example.com"}',
      },
    },
  }),
};

/** Rules for forms. */
export const formRules: MuseumFaultGroup = {
  name: 'museum: rules for forms',
  faults: foundBy('negative_data_rejection', {
    'books a tour for 21 visitors': ignores(tour('properties/visitors/maximum'), bookTour({ visitors: '21' })),
    'books a tour for no visitors': ignores(tour('properties/visitors/minimum'), bookTour({ visitors: '0' })),
    'books a tour for two and a half visitors': reads(
      { [tour('properties/visitors/type')]: 'number' },
      bookTour({ visitors: '2.5' }),
    ),
    'books a tour without the number of visitors': ignores(
      tour('required/visitors'),
      bookTour({ visitors: undefined }),
    ),
    'books a tour in any language': ignores(tour('properties/language/enum'), bookTour({ language: 'xx' })),
    'books a tour on any day': ignores(tour('properties/day/format'), bookTour({ day: 'tomorrow' })),
    'books a tour for any email': ignores(tour('properties/email/format'), bookTour({ email: 'nobody' })),
    'books a tour for an empty contact': ignores(tour('properties/contact/minLength'), bookTour({ contact: '' })),
    'books a tour with any add-on': ignores(tour('properties/addons/items/enum'), bookTour({ addons: 'dinner' })),
    'adds an image without a file': {
      variant: {
        edits: { [image('required')]: [] },
        parseBody: (request, input) => {
          const value = CORRECT.parseBody(request, input);
          return input.mediaType === 'multipart/form-data' && isObject(value) ? { file: '', ...value } : value;
        },
      },
      triggeredBy: addImage({ file: undefined }),
    },
    'adds an image with a caption of 81 characters': ignores(
      image('properties/caption/maxLength'),
      addImage({ caption: 'x'.repeat(81) }),
    ),
    'adds an image that was taken on any day': ignores(
      image('properties/taken_on/format'),
      addImage({ taken_on: 'tomorrow' }),
    ),
  }),
};

const X_MUSEUM = '/paths/~1exhibits/post/parameters/X-Museum';
const LOCALE = '/paths/~1exhibits/get/parameters/locale/schema/enum';

/** Rules for parameters. */
export const parameterRules: MuseumFaultGroup = {
  name: 'museum: rules for parameters',
  faults: foundBy('negative_data_rejection', {
    'lists a page of 0 exhibits': ignores(parameter('limit/minimum'), list('limit=0')),
    'lists a page of 51 exhibits': ignores(parameter('limit/maximum'), list('limit=51')),
    'ignores a limit that is no number': accepts(
      ({ place, keyword }) => place === 'limit' && keyword === 'type',
      list('limit=abc'),
    ),
    'ignores unknown orders': ignores(parameter('sort/enum'), list('sort=height')),
    'lists nothing for unknown kinds': ignores(parameter('kind/enum'), list('kind=vase')),
    'lists nothing for a boolean that is none': accepts(({ place }) => place === 'on_display', list('on_display=yes')),
    'lists nothing for a year that is no number': accepts(
      ({ place, keyword }) => place.startsWith('year/') && keyword === 'type',
      list('year[gte]=x'),
    ),
    'accepts any year in a filter': reads(
      { [parameter('year/properties')]: { gte: { type: 'integer' }, lte: { type: 'integer' } } },
      list('year[lte]=2101'),
    ),
    'lists nothing for a floor that is no number': accepts(
      ({ place, keyword }) => place.startsWith('floors/') && keyword === 'type',
      list('floors=1|x'),
    ),
    'lists nothing for a tag with a capital letter': ignores(parameter('tags/items/pattern'), list('tags=Sea')),
    'accepts an unknown locale': ignores(LOCALE, { ...list(), headers: { ...list().headers, Cookie: 'locale=xx' } }),
    'creates an exhibit without a museum': ignores(`${X_MUSEUM}/required`, {
      ...create(),
      headers: { ...request('').headers, 'Content-Type': 'application/json' },
    }),
    'creates an exhibit for any museum': ignores(`${X_MUSEUM}/schema/format`, create({}, { 'X-Museum': 'louvre' })),
    'returns the oldest exhibit for an ID that is no UUID': {
      variant: {
        edits: { '/components/parameters/ExhibitId/schema/format': undefined },
        findExhibit: (id, { exhibits }) => exhibits.get(id) ?? (id.length === 36 ? undefined : exhibits.get(OLDEST)),
      },
      triggeredBy: retrieve('first'),
    },
  }),
};

import { foundBy, type MuseumFaultGroup } from '../fault.ts';
import { addImage, bookTour, create, createFrom, FILM, list, PAINTING, update } from '../requests.ts';
import { CORRECT } from '../server/correct.ts';
import { parseForm } from '../server/parse-input.ts';
import { isObject, member, parameter, reads, rejects, rejectsExhibits, tour } from '../variants.ts';

const withCookie = (Cookie: string) => ({ ...list(), headers: { ...list().headers, Cookie } });

/** Valid requests that a server rejects. */
export const acceptance: MuseumFaultGroup = {
  name: 'museum: valid requests',
  faults: foundBy('positive_data_acceptance', {
    'counts UTF-16 units instead of characters': rejectsExhibits(
      ({ title }) => title.length > 60,
      create({ title: '🖼'.repeat(60) }),
    ),
    'rejects characters outside of ASCII': rejectsExhibits(
      ({ title }) => /[^\0-\x7f]/.test(title),
      create({ title: 'Zwei Bäume' }),
    ),
    'rejects a title of one character': reads({ [member('title/minLength')]: 2 }, create({ title: 'x' })),
    'rejects a title of 60 characters': reads({ [member('title/maxLength')]: 59 }, create({ title: 'x'.repeat(60) })),
    'rejects the year 3000 BC': reads({ [member('year/minimum')]: -2999 }, create({ year: -3000 })),
    'rejects years before the year 0': reads({ [member('year/minimum')]: 0 }, create({ year: -480 })),
    'rejects the year 2100': reads({ [member('year/maximum')]: 2099 }, create({ year: 2100 })),
    'rejects a height of half a centimetre': reads(
      { [member('height_cm/exclusiveMinimum')]: 0.5 },
      create({ height_cm: 0.5 }),
    ),
    'rejects heights that are no whole number': reads(
      { [member('height_cm/multipleOf')]: 1 },
      create({ height_cm: 1.5 }),
    ),
    'rejects null as note': reads({ [member('note/type')]: 'string' }, create({ note: null })),
    'requires tags': reads(
      { '/components/schemas/NewExhibit/required': ['inventory_number', 'title', 'year', 'rooms', 'tags'] },
      create(),
    ),
    'requires a width': reads(
      { '/components/schemas/NewExhibit/allOf/1/oneOf/0/required': ['kind', 'medium', 'width_cm'] },
      create(),
    ),
    'rejects an empty list of tags': reads({ [member('tags/minItems')]: 1 }, create({ tags: [] })),
    'rejects five tags': reads({ [member('tags/maxItems')]: 4 }, create({ tags: ['a', 'b', 'c', 'd', 'e'] })),
    'rejects films': rejectsExhibits(({ kind }) => kind === 'film', createFrom(FILM)),
    'rejects the medium tempera': reads(
      { '/components/schemas/NewExhibit/allOf/1/oneOf/0/properties/medium/enum': ['oil', 'watercolor'] },
      create({ medium: 'tempera' }),
    ),
    'rejects an insured value of 0': reads(
      { [member('insured_value/minimum')]: 1 },
      create({ insured_value: 0, currency: 'EUR' }),
    ),
    'rejects exhibits that are not on display': rejectsExhibits(
      ({ on_display }) => on_display === false,
      create({ on_display: false }),
    ),
    'rejects exhibits with two rooms': rejectsExhibits(
      ({ rooms }) => rooms.length > 1,
      create({ rooms: [...PAINTING.rooms, { floor: 2, is_public: false }] }),
    ),
    'requires spots in each room': reads(
      { [member('rooms/items/required')]: ['floor', 'is_public', 'spots'] },
      create(),
    ),
    'rejects floors below the ground': reads(
      { [member('rooms/items/properties/floor/minimum')]: 0 },
      create({ rooms: [{ floor: -1, is_public: true }] }),
    ),
    'rejects a change of only the note': rejects(
      (value, place) => place === 'body' && isObject(value) && Object.keys(value).join() === 'note',
      update({ note: 'x' }),
    ),
    'rejects a page of 50 exhibits': reads({ [parameter('limit/maximum')]: 49 }, list('limit=50')),
    'rejects descending years': reads({ [parameter('sort/enum')]: ['title', '-title', 'year'] }, list('sort=-year')),
    'rejects the filter for films': reads({ [parameter('kind/enum')]: ['painting', 'sculpture'] }, list('kind=film')),
    'rejects the filter for exhibits that are not on display': rejects(
      (value, place) => place === 'on_display' && value === false,
      list('on_display=false'),
    ),
    'rejects the locale de': rejects((value, place) => place === 'locale' && value === 'de', withCookie('locale=de')),
    'books no tour for 20 visitors': reads({ [tour('properties/visitors/maximum')]: 19 }, bookTour({ visitors: '20' })),
    'decodes forms twice': {
      variant: {
        parseBody(request, input) {
          const value = CORRECT.parseBody(request, input);
          if (!input.mediaType.endsWith('urlencoded') || !isObject(value)) return value;
          try {
            return parseForm(Buffer.from(decodeURIComponent(request.bytes.toString())), input);
          } catch {
            return undefined;
          }
        },
      },
      triggeredBy: bookTour({ email: 'ana+tours@example.com' }),
    },
    'requires a caption for an image': rejects(
      (value, place) => place === 'body' && isObject(value) && 'file' in value && !('caption' in value),
      addImage({ caption: undefined }),
    ),
  }),
};

import type { TestRequest } from '../fault.ts';
import { KEY } from './server/correct.ts';
import { createId, createStore, type Values } from './server/store.ts';

const { exhibits } = createStore(0);

/** The IDs of the exhibits that every server has from the start. */
export const SEED_IDS = [...exhibits.keys()];
/** The ID of the oldest exhibit. */
export const OLDEST = SEED_IDS[0] ?? '';
/** The ID of the exhibit that the first request for a new exhibit creates. */
export const NEW = createId(SEED_IDS.length + 1);
/** The ID of the exhibit that the second request for a new exhibit creates. */
export const SECOND = createId(SEED_IDS.length + 2);
/** An ID that no exhibit has. */
export const UNKNOWN = createId(0);

const ROOM = { floor: 1, is_public: true };

/** A valid exhibit. */
export const PAINTING = {
  kind: 'painting',
  medium: 'oil',
  inventory_number: 'ZZ-0001',
  title: 'Still Life',
  year: 1700,
  rooms: [ROOM],
};
/** A valid exhibit with other members. */
export const FILM = {
  kind: 'film',
  minutes: 90,
  inventory_number: 'ZZ-0002',
  title: 'Rain',
  year: 1931,
  rooms: [ROOM],
};

const MUSEUM = '3f0e8c1e-5a8b-4f0e-9d51-0c2a8a1c7b11';

/** Returns a request with the right key. `changes` replaces the method, the headers or the body. */
export function request(target: string, { headers, ...changes }: Partial<TestRequest> = {}): TestRequest {
  return { method: 'GET', target, ...changes, headers: { 'X-Api-Key': KEY, ...headers } };
}

/** Returns a request that creates a painting with changed members. Undefined removes a member. */
export function create(changes: Values = {}, headers: TestRequest['headers'] = {}): TestRequest {
  return createFrom({ ...PAINTING, ...changes }, headers);
}

/** Returns a request that creates an exhibit. A text is sent unchanged. */
export function createFrom(body: unknown, headers: TestRequest['headers'] = {}): TestRequest {
  return request('/exhibits', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Museum': MUSEUM, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Returns a request for a list of exhibits. */
export const list = (query = '') => request(`/exhibits?${query}`);

export const retrieve = (id = OLDEST) => request(`/exhibits/${id}`);

/** Returns a request that changes an exhibit. */
export function update(change: unknown, id = OLDEST): TestRequest {
  return request(`/exhibits/${id}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: typeof change === 'string' ? change : JSON.stringify(change),
  });
}

export const remove = (id = OLDEST) => request(`/exhibits/${id}`, { method: 'DELETE' });

/** Returns a request that adds an image. Undefined removes a part. */
export function addImage(parts: Readonly<Record<string, string | undefined>> = {}): TestRequest {
  const entries = Object.entries({ file: 'PNG', caption: 'Front', taken_on: '2026-03-01', ...parts });
  const sections = entries.flatMap(([name, text]) =>
    text === undefined ? [] : [`--frontier\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`],
  );
  return request(`/exhibits/${OLDEST}/images`, {
    method: 'POST',
    headers: { 'Content-Type': 'multipart/form-data; boundary=frontier' },
    body: `${sections.join('')}--frontier--\r\n`,
  });
}

/** Returns a request that books a tour. Undefined removes a member. */
export function bookTour(changes: Readonly<Record<string, string | undefined>> = {}): TestRequest {
  const form = { day: '2026-05-04', visitors: '3', language: 'en', email: 'ana@example.com', ...changes };
  const pairs = Object.entries(form).flatMap(([name, text]): [string, string][] =>
    text === undefined ? [] : [[name, text]],
  );
  return request('/tours', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(pairs).toString(),
  });
}

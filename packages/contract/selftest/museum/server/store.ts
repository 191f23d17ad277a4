import { createHash } from 'node:crypto';

/** The members of an object. */
export type Values = Readonly<Record<string, unknown>>;

/** The valid body of a request that creates an exhibit. */
export interface NewExhibit extends Values {
  readonly kind: string;
  readonly inventory_number: string;
  readonly title: string;
  readonly year: number;
  readonly rooms: readonly { readonly floor: number; readonly is_public: boolean }[];
  readonly tags?: readonly string[];
  readonly note?: string | null;
  readonly on_display?: boolean;
}

/** A stored exhibit. */
export interface Exhibit extends NewExhibit {
  readonly id: string;
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly on_display: boolean;
  readonly version: number;
}

/** The objects of a server. Each server has its own. */
export interface Store {
  /** The exhibits by ID, oldest first. */
  readonly exhibits: Map<string, Exhibit>;
  /** All exhibits that the server has ever had, oldest first. A cursor is a position in this list. */
  readonly history: Exhibit[];
  /** The number of objects that have got an ID. */
  issued: number;
  /** The largest number of exhibits. */
  readonly capacity: number;
}

/** Creates a store with the exhibits that every server has from the start. */
export function createStore(capacity: number): Store {
  const store: Store = { exhibits: new Map(), history: [], issued: 0, capacity };
  for (const members of SEEDS) insert(store, createExhibit(members, store));
  return store;
}

/** Adds an exhibit, or replaces the exhibit with its ID. */
export function insert(store: Store, exhibit: Exhibit): Exhibit {
  if (!store.exhibits.has(exhibit.id)) store.history.push(exhibit);
  store.exhibits.set(exhibit.id, exhibit);
  return exhibit;
}

/** Returns a new exhibit with its defaults, and with the members that only the server sets. */
export function createExhibit(body: NewExhibit, store: Store): Exhibit {
  return { tags: [], note: null, on_display: true, ...body, schema_version: 1, ...issueMembers(store) };
}

function issueMembers(store: Store) {
  const id = issueId(store);
  return { id, created_at: formatTime(store.issued), version: 1 };
}

/** Returns an ID that no other object of the server has. */
export function issueId(store: Store): string {
  store.issued += 1;
  return createId(store.issued);
}

/** Returns the ID of the nth object of a server. IDs look random, but all servers issue the same ones. */
export function createId(number: number): string {
  const hex = createHash('sha256').update(`object ${number}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const START = Date.UTC(2026, 0, 1);

function formatTime(number: number): string {
  return new Date(START + 1000 * number).toISOString();
}

const ROOM = { floor: 0, is_public: true };

const SEEDS: readonly NewExhibit[] = [
  {
    kind: 'painting',
    medium: 'oil',
    inventory_number: 'AA-0001',
    title: 'Boats at Noon',
    year: 1885,
    rooms: [ROOM],
    tags: ['sea', 'light'],
  },
  {
    kind: 'sculpture',
    material: 'bronze',
    inventory_number: 'AA-0002',
    title: 'Runner',
    year: -480,
    rooms: [ROOM, { floor: 2, is_public: false }],
    on_display: false,
  },
  {
    kind: 'film',
    minutes: 12,
    inventory_number: 'AA-0003',
    title: 'Arrival of a Ship',
    year: 1896,
    rooms: [{ floor: -1, is_public: true }],
    tags: ['sea'],
  },
  {
    kind: 'painting',
    medium: 'tempera',
    inventory_number: 'AA-0004',
    title: 'Saint with a Lamp',
    year: 915,
    rooms: [{ floor: 1, is_public: true }],
    tags: ['light'],
    note: 'On loan until May.',
  },
  {
    kind: 'painting',
    medium: 'watercolor',
    inventory_number: 'AA-0005',
    title: 'Harbour',
    year: 1885,
    rooms: [ROOM],
    on_display: false,
  },
  {
    kind: 'sculpture',
    material: 'marble',
    inventory_number: 'AA-0006',
    title: 'Seated Figure',
    year: 1501,
    rooms: [{ floor: 4, is_public: true }],
    tags: ['light', 'stone'],
  },
];

import type { FaultyServer, TestRequest } from '../fault.ts';
import { CORRECT, createError } from './server/correct.ts';
import type { Input, SchemaEdits, Violation } from './server/schemas.ts';
import type { Answer, Call, Message, MuseumVariant, Request } from './server/steps.ts';
import type { Exhibit, NewExhibit, Store, Values } from './server/store.ts';

/** A faulty server of this API. */
export type FaultyMuseum = FaultyServer<MuseumVariant>;

/** The requests that trigger a fault. */
type Trigger = TestRequest | readonly TestRequest[];

/** Returns the pointer of a keyword for a member of a new exhibit, such as `title/maxLength`. */
export const member = (path: string) => `/components/schemas/NewExhibit/allOf/0/properties/${path}`;
/** Returns the pointer of a keyword for a member of a change, such as `title/maxLength`. */
export const changed = (path: string) => `/components/schemas/ExhibitChange/${path}`;
/** Returns the pointer of a keyword for a parameter of the list, such as `limit/maximum`. */
export const parameter = (path: string) => `/paths/~1exhibits/get/parameters/${path.replace('/', '/schema/')}`;
/** Returns the pointer of a keyword in the schema of a tour. */
export const tour = (path: string) =>
  `/paths/~1tours/post/requestBody/content/application~1x-www-form-urlencoded/schema/${path}`;
/** Returns the pointer of a keyword in the schema of an image. */
export const image = (path: string) =>
  `/paths/~1exhibits~1{exhibitId}~1images/post/requestBody/content/multipart~1form-data/schema/${path}`;

/** Returns a server that does not check a keyword of the description. */
export function ignores(pointer: string, triggeredBy: Trigger = []): FaultyMuseum {
  return { variant: { edits: { [pointer]: undefined } }, triggeredBy };
}

/** Returns a server that has other keywords than the description. */
export function reads(edits: SchemaEdits, triggeredBy: Trigger = []): FaultyMuseum {
  return { variant: { edits }, triggeredBy };
}

/** Returns a server that accepts a value that violates a rule if `isAccepted` returns true. */
export function accepts(
  isAccepted: (violation: Violation, value: unknown, input: Input) => boolean,
  triggeredBy: Trigger = [],
): FaultyMuseum {
  const checkInput = (input: Input, value: unknown) => {
    const violation = CORRECT.checkInput(input, value);
    return violation && !isAccepted(violation, value, input) ? violation : undefined;
  };
  return { variant: { checkInput }, triggeredBy };
}

/** Returns a server that accepts an exhibit that would be valid after a change. */
export function acceptsIfValidAfter(changeBody: (body: Values) => Values, triggeredBy: Trigger = []): FaultyMuseum {
  return accepts((_, value, input) => isExhibit(value, input) && !input.check(changeBody(value)), triggeredBy);
}

/** Returns a server that rejects valid values of an input if `isRejected` returns true. */
export function rejects(
  isRejected: (value: unknown, place: string) => boolean,
  triggeredBy: Trigger = [],
): FaultyMuseum {
  const checkInput = (input: Input, value: unknown) =>
    CORRECT.checkInput(input, value) ??
    (isRejected(value, input.name) ? { place: input.name, keyword: 'rejected' } : undefined);
  return { variant: { checkInput }, triggeredBy };
}

/** Returns a server that rejects new exhibits for which `isRejected` returns true. */
export const rejectsExhibits = (isRejected: (body: NewExhibit) => boolean, triggeredBy: Trigger = []) =>
  rejects((value, place) => place === 'body' && isObject(value) && isRejected(value as NewExhibit), triggeredBy);

/** Returns a server that answers 500 to requests for which `isAffected` returns true. */
export function crashesOn(isAffected: (request: Request) => boolean, triggeredBy: Trigger = []): FaultyMuseum {
  const changeAnswer = (answer: Answer, { request }: Call) =>
    answer.status !== 401 && isAffected(request) ? createError(500) : answer;
  return { variant: { changeAnswer }, triggeredBy };
}

/** Returns a server that changes what it stores when it creates an exhibit. */
export function onCreate(
  changeExhibit: (exhibit: Exhibit, body: NewExhibit, store: Store) => Exhibit,
  triggeredBy: Trigger = [],
): FaultyMuseum {
  const createExhibit: MuseumVariant['createExhibit'] = (body, store) =>
    changeExhibit(CORRECT.createExhibit(body, store), body, store);
  return { variant: { createExhibit }, triggeredBy };
}

/** Returns a server that changes what it stores when it updates an exhibit. */
export function onUpdate(
  changeExhibit: (stored: Exhibit, change: Values, store: Store) => Values,
  triggeredBy: Trigger = [],
): FaultyMuseum {
  const updateExhibit: MuseumVariant['updateExhibit'] = (stored, values, store) =>
    CORRECT.updateExhibit(stored, changeExhibit(stored, values, store));
  return { variant: { updateExhibit }, triggeredBy };
}

/** The answers that a variant changes. Default: all. */
interface AffectedAnswers {
  readonly to?: string;
  readonly status?: number;
}

/** Returns a server that changes answers. */
export function answers(
  { to, status }: AffectedAnswers,
  change: Partial<Answer> | ((answer: Answer, call: Call) => Partial<Answer>),
  triggeredBy: Trigger = [],
): FaultyMuseum {
  const changeAnswer = (answer: Answer, call: Call) => {
    const isAffected = (to ?? call.operation) === call.operation && (status ?? answer.status) === answer.status;
    return isAffected ? { ...answer, ...(typeof change === 'function' ? change(answer, call) : change) } : answer;
  };
  return { variant: { changeAnswer }, triggeredBy };
}

/** Returns a server that changes the exhibits in its responses. */
export function renders(
  changeExhibit: (exhibit: Values, call: Call) => Values,
  triggeredBy: Trigger = [],
): FaultyMuseum {
  return {
    variant: { renderExhibit: (exhibit, call) => changeExhibit(CORRECT.renderExhibit(exhibit), call) },
    triggeredBy,
  };
}

/** Returns a server that changes its serialized messages. */
export function sends(
  changeMessage: (message: Message, call: Call) => Message,
  triggeredBy: Trigger = [],
): FaultyMuseum {
  return { variant: { changeMessage }, triggeredBy };
}

export function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isExhibit(value: unknown, { name }: Input): value is Values {
  return name === 'body' && isObject(value) && 'title' in value;
}

/** Returns a server that changes the bodies of its answers. */
export function changesBodies(
  affected: AffectedAnswers,
  change: (body: Values, call: Call) => unknown,
  triggeredBy: Trigger = [],
): FaultyMuseum {
  return answers(affected, ({ body }, call) => ({ body: isObject(body) ? change(body, call) : body }), triggeredBy);
}

/** Returns the message with a header. */
export function withHeader(message: Message, name: string, value: string): Message {
  return { ...message, headers: { ...message.headers, [name]: value } };
}

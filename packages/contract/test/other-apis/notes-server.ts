import { fileURLToPath } from 'node:url';
import { decodeSegment, findExamplePairs, loadDescription, type Operation } from '@firstofficer/openapi';
import { type Answer, KEY, type ReceivedRequest } from '../verify.ts';

/** The path of a description with a list, a create and a delete. The contract tests have no code for it. */
export const NOTES = fileURLToPath(import.meta.resolve('@firstofficer/spec/test/notes.openapi.yaml'));

interface Note {
  readonly object: string;
  readonly id: string;
  readonly text: string;
}

const { operations } = await loadDescription(NOTES);
const [list, create, remove] = [findOperation('listNotes'), findOperation('createNote'), findOperation('deleteNote')];

function findOperation(id: string): Operation {
  const operation = operations.find((one) => one.id === id);
  if (!operation) throw new Error(`The description has no operation ${id}.`);
  return operation;
}

const exampleNotes = findExamplePairs(list).flatMap(({ body }) => (body as { readonly data: readonly Note[] }).data);
const [createdExample] = Object.values(create.responses['201']?.content?.['application/json']?.examples ?? {});

function errorOf({ responses }: Operation, status: 400 | 401 | 404): Answer {
  const [example] = Object.values(responses[status]?.content?.['application/json']?.examples ?? {});
  const headers = status === 401 ? { 'WWW-Authenticate': 'Basic realm="Notes"' } : {};
  return { status, headers, body: example?.value };
}

/** Returns the documented response to a request. */
export type Respond = (request: ReceivedRequest) => Answer;

/** Creates a server that has the notes of the examples. */
export function createNotesServer(): Respond {
  const notes = new Map(exampleNotes.map((note) => [note.id, note]));
  return (request) => respond(request, notes);
}

type Notes = Map<string, Note>;

function respond(request: ReceivedRequest, notes: Notes): Answer {
  const { method, url } = request;
  const segment = /^\/v1\/notes\/([^/]+)$/.exec(url.pathname)?.[1];
  if (url.pathname !== '/v1/notes' && segment === undefined) return { status: 404 };
  if (!hasRightKey(request)) return errorOf(list, 401);
  if (segment !== undefined)
    return method === 'DELETE' ? deleteNote(segment, notes) : { status: 405, headers: { Allow: 'DELETE' } };
  if (method === 'GET' || method === 'HEAD') return listNotes(request, notes);
  return method === 'POST' ? createNote(request, notes) : { status: 405, headers: { Allow: 'GET, HEAD, POST' } };
}

function hasRightKey({ headers: { authorization = '' } }: ReceivedRequest): boolean {
  // Scheme names are case-insensitive.
  const credentials = authorization.replace(/^\w+/, (scheme) => scheme.toLowerCase());
  return [`basic ${btoa(`${KEY}:`)}`, `token token="${KEY}"`].includes(credentials);
}

function listNotes({ url: { searchParams: query }, headers }: ReceivedRequest, notes: Notes): Answer {
  const limit = query.get('limit') ?? '10';
  const after = query.get('starting_after');
  const isValid =
    /^([1-9]\d?|100)$/.test(limit) &&
    (after === null || isNoteId(after)) &&
    ['en', 'de', undefined].includes(headers['x-language']?.toString());
  if (!isValid) return errorOf(list, 400);
  const all = [...notes.values()];
  const start = all.findIndex(({ id }) => id === after) + 1;
  const data = all.slice(start, start + Number(limit));
  return { status: 200, body: { object: 'list', data, has_more: start + data.length < all.length } };
}

function createNote({ body }: ReceivedRequest, notes: Notes): Answer {
  const { text, pinned = false, ...others } = parseObject(body);
  const isValid = typeof text === 'string' && [...text].length >= 1 && [...text].length <= 500;
  if (!isValid || typeof pinned !== 'boolean' || Object.keys(others).length > 0) return errorOf(create, 400);
  const numbers = [...notes.keys()].map((id) => Number(id.slice('note_'.length)));
  const note = { ...(createdExample?.value as Note), id: `note_${Math.max(...numbers) + 1}`, text };
  notes.set(note.id, note);
  return { status: 201, headers: { Location: `/v1/notes/${note.id}` }, body: note };
}

function deleteNote(segment: string, notes: Notes): Answer {
  const note = decodeSegment(segment);
  if (note === undefined || !isNoteId(note)) return errorOf(remove, 400);
  return notes.delete(note) ? { status: 204 } : errorOf(remove, 404);
}

function isNoteId(text: string): boolean {
  return /^note_\d+$/.test(text) && text.length <= 40;
}

function parseObject(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

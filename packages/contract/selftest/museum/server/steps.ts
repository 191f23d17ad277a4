import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { BodyInput, Input, Route, SchemaEdits, Violation } from './schemas.ts';
import type { Exhibit, NewExhibit, Store, Values } from './store.ts';

/** A received request. */
export interface Request {
  readonly method: string;
  /** The path of the target, percent-encoded and not normalized. */
  readonly path: string;
  /** The query without the question mark, or an empty string. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** The values of all headers with the same name. */
  readonly headersDistinct: NodeJS.Dict<string[]>;
  readonly bytes: Buffer;
  /** The number of the request on this server, starting at 1. */
  readonly number: number;
}

/** A request with what the server has read from it so far, and the objects of the server. */
export interface Call {
  readonly request: Request;
  readonly store: Store;
  /** Undefined for a path or a method that the description does not have. */
  readonly operation?: string;
  /** The valid parameters by name. */
  readonly parameters: Values;
  /** The valid body. */
  readonly body: unknown;
}

/** An answer before serialization. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value, or undefined for an answer without a body. */
  readonly body?: unknown;
}

/** A serialized answer. */
export interface Message {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** Undefined for an answer without a body. */
  readonly bytes: Buffer | undefined;
}

/** The parameters that select and sort the exhibits of a list. */
export interface ListQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly sort?: string;
  readonly kind?: string;
  readonly on_display?: boolean;
  readonly tags?: readonly string[];
  readonly year?: { readonly gte?: number; readonly lte?: number };
  readonly floors?: readonly number[];
}

/** The steps in which the server handles a request. A variant can replace any of them. */
export interface Steps {
  /** Returns whether the request has a valid key. */
  authorize(request: Request): boolean;
  /** Returns whether an operation accepts a body of this media type. */
  acceptsMediaType(mediaType: string, input: BodyInput): boolean;
  /** Returns the value of a body, or undefined if the body is malformed. */
  parseBody(request: Request, input: BodyInput): unknown;
  /** Returns the first rule that a parameter or the body violates, or undefined if it is valid. */
  checkInput(input: Input, value: unknown, request: Request): Violation | undefined;
  findExhibit(id: string, store: Store): Exhibit | undefined;
  createExhibit(body: NewExhibit, store: Store): Exhibit;
  updateExhibit(stored: Exhibit, change: Values, store: Store): Exhibit;
  deleteExhibit(stored: Exhibit, store: Store): void;
  /** Returns all exhibits, oldest first. */
  listExhibits(store: Store): readonly Exhibit[];
  /** Returns whether an exhibit matches the filters of a query. */
  matches(exhibit: Exhibit, query: ListQuery): boolean;
  /** Compares two exhibits for a list. If the result is 0, the older one comes first. */
  compare(a: Exhibit, b: Exhibit, sort?: string): number;
  /** Returns the exhibits of a page. `start` is the position of the first exhibit after the cursor. */
  selectPage(
    sorted: readonly Exhibit[],
    range: { readonly start: number; readonly limit: number },
    query: ListQuery,
  ): readonly Exhibit[];
  /** Returns the exhibit as responses contain it. */
  renderExhibit(exhibit: Exhibit, call: Call): unknown;
  /** Creates the answer to a valid request with the steps above. */
  handle(call: Call, steps: Steps): Answer;
  /** Changes the answer before serialization. */
  changeAnswer(answer: Answer, call: Call): Answer | Promise<Answer>;
  serialize(body: unknown, call: Call): string | Buffer;
  /** Changes the serialized message. */
  changeMessage(message: Message, call: Call): Message;
  send(message: Message, response: ServerResponse, call: Call): void;
}

/** The differences of a server from the correct one. */
export interface MuseumVariant extends Partial<Steps> {
  /** Keywords of the description that the server reads differently. */
  readonly edits?: SchemaEdits;
  /** The largest number of exhibits. */
  readonly capacity?: number;
}

/** What all requests of a server share. */
export interface ServerContext {
  readonly routes: readonly Route[];
  readonly steps: Steps;
  readonly store: Store;
}

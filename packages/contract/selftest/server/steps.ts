import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { StoredCustomer } from '../../src/index.ts';

/** A received request. */
export interface Request {
  readonly method: string;
  /** The unchanged request target. */
  readonly target: string;
  /** The path of the target, percent-encoded and not normalized. */
  readonly path: string;
  /** The query without the question mark, or an empty string. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** The values of all Authorization headers. */
  readonly authorization: readonly string[];
  /** Identifies the connection. */
  readonly socket: Duplex;
  /** The number of the request on this server, starting at 1. */
  readonly number: number;
  readonly state: ServerState;
  /** Stops the server without an answer. */
  crash(): void;
}

/** The state of a server between requests. Only variants use it. */
export interface ServerState {
  readonly seen: Set<unknown>;
  readonly answers: Map<unknown, Answer>;
  /** The path of the latest request. */
  latestPath: string;
}

/** An answer before serialization. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value. */
  readonly body: unknown;
}

/** A serialized answer. */
export interface Message {
  readonly status: number;
  /** A list means several headers with this name. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly bytes: Buffer;
}

/** Finds a customer by an identifier. */
export type Find = (identifier: string, customers: readonly StoredCustomer[]) => StoredCustomer | undefined;

/** The steps in which the server handles a request. A variant can replace any of them. */
export interface Steps {
  /** Returns whether the request has a valid key. */
  authorize(request: Request): boolean;
  /** Returns the percent-encoded path segment with the identifier, or undefined for other paths. */
  getSegment(path: string): string | undefined;
  /** Decodes the segment. Returns undefined if it is malformed. */
  decode(segment: string): string | undefined;
  /** Returns whether the identifier is valid. */
  isValid(identifier: string): boolean;
  find: Find;
  /** Returns the body of a successful answer. */
  renderCustomer(customer: StoredCustomer, identifier: string, request: Request): unknown;
  /** Returns the body of an error. */
  renderError(status: number, request: Request): unknown;
  /** Creates the answer with the steps above. */
  answer(request: Request, steps: Steps): Answer | Promise<Answer>;
  /** Changes the answer before serialization. */
  changeAnswer(answer: Answer, request: Request): Answer | Promise<Answer>;
  /** Serializes a body. */
  serialize(body: unknown, request: Request): string | Buffer;
  /** Changes the serialized message. */
  changeMessage(message: Message, request: Request): Message;
  /** Sends the message. */
  send(message: Message, response: ServerResponse, request: Request): void;
}

/** The differences of a server from the correct one. */
export interface Variant extends Partial<Steps> {
  /** The time in milliseconds after which idle connections are closed. */
  readonly keepAliveTimeout?: number;
  /** Whether to omit the Date header. */
  readonly withoutDate?: boolean;
}

import type { ServerResponse } from 'node:http';
import type { StoredCustomer } from '../../src/customers/stored-customer.ts';
import type { Request } from './request.ts';

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
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly bytes: Buffer;
}

/** The steps in which the server handles a request. A variant can replace each of them. */
export interface Steps {
  /** Returns whether the request has a valid key. */
  authorize(request: Request): boolean;
  /** Returns the raw path segment of the customer, or undefined for other paths. */
  segmentOf(path: string): string | undefined;
  /** Decodes the segment. Returns undefined if it is malformed. */
  decode(segment: string): string | undefined;
  /** Returns whether the identifier is valid. */
  isReadable(identifier: string): boolean;
  /** Finds the customer. */
  find(identifier: string, customers: readonly StoredCustomer[]): StoredCustomer | undefined;
  /** Returns the body of a successful answer. */
  render(customer: StoredCustomer, identifier: string): unknown;
  /** Returns the body of an error. */
  explain(status: number, request: Request): unknown;
  /** Determines the answer from the steps above. */
  answer(request: Request, steps: Steps): Answer | Promise<Answer>;
  /** Changes the answer before serialization. */
  adjust(answer: Answer, request: Request): Answer | Promise<Answer>;
  /** Serializes a body. */
  serialize(body: unknown, request: Request): string | Buffer;
  /** Changes the serialized message. */
  alter(message: Message, request: Request): Message;
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

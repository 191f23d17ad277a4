import type { ServerResponse } from 'node:http';
import { find } from '../../src/customers/find.ts';
import type { StoredCustomer } from '../../src/customers/stored-customer.ts';
import { type Answer, answer } from './answer.ts';
import { authorize } from './authorization.ts';
import { decode, isReadable, segmentOf } from './identifier.ts';
import { explain, render } from './render.ts';
import type { Request } from './request.ts';
import { type Message, send } from './write.ts';

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

/** The steps of the correct server. */
export const CORRECT: Steps = {
  authorize,
  segmentOf,
  decode,
  isReadable,
  find,
  render,
  explain,
  answer,
  adjust: (answer) => answer,
  serialize: (body) => JSON.stringify(body),
  alter: (message) => message,
  send,
};

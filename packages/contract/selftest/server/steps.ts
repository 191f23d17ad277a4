import type { ServerResponse } from 'node:http';
import { find } from '../../src/customers/find.ts';
import type { StoredCustomer } from '../../src/customers/stored-customer.ts';
import { type Answer, answer } from './answer.ts';
import { authorize } from './authorization.ts';
import { decode, isReadable, segmentOf } from './identifier.ts';
import { explain, render } from './render.ts';
import type { Request } from './request.ts';
import { type Message, send } from './write.ts';

/** What the server does with a request, step by step. Each can be done otherwise. */
export interface Steps {
  /** Says whether the request carries a valid key. */
  authorize(request: Request): boolean;
  /** The raw path segment that names the customer, undefined if the path is another. */
  segmentOf(path: string): string | undefined;
  /** Decodes that segment, undefined if it cannot be. */
  decode(segment: string): string | undefined;
  /** Says whether the identifier may be looked up. */
  isReadable(identifier: string): boolean;
  /** Looks the customer up. */
  find(identifier: string, customers: readonly StoredCustomer[]): StoredCustomer | undefined;
  /** The body of a success. */
  render(customer: StoredCustomer, identifier: string): unknown;
  /** The body of an error. */
  explain(status: number, request: Request): unknown;
  /** Decides on the answer by the steps above. */
  answer(request: Request, steps: Steps): Answer | Promise<Answer>;
  /** Has the last word on the answer. */
  adjust(answer: Answer, request: Request): Answer | Promise<Answer>;
  /** Writes a body. */
  serialize(body: unknown, request: Request): string | Buffer;
  /** Has the last word on the message. */
  alter(message: Message, request: Request): Message;
  /** Puts the message on the wire. */
  send(message: Message, response: ServerResponse, request: Request): void;
}

/** What a server does otherwise than the correct one. */
export interface Variant extends Partial<Steps> {
  /** Closes connections that were idle for so long. */
  readonly keepAliveTimeout?: number;
  /** Leaves out the header Date. */
  readonly withoutDate?: boolean;
}

/** How it is done right. */
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

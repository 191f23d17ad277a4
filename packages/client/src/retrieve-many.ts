import { addAbortListener } from './abort-listener.ts';
import type { FirstOfficer } from './client.ts';
import type { Customers } from './customers.ts';
import { assertArgument, FirstOfficerError, isFirstOfficerError } from './error.ts';
import type { OperationRequest } from './operation.ts';
import type { CallOptions, Retry } from './options.ts';
import { run } from './run.ts';
import type { Customer } from './types.ts';

/**
 * The options of {@link retrieveMany}. The options of a call apply to each retrieval, except that `signal` ends the whole
 * iteration.
 *
 * @example
 * const options: RetrieveManyOptions = { concurrency: 20, ordered: false, signal: AbortSignal.timeout(600_000) };
 */
export interface RetrieveManyOptions extends CallOptions {
  /** How many customers are retrieved at the same time. It is also how many identifiers are read ahead. Default: 10. */
  readonly concurrency?: number | undefined;
  /** Whether the results have the order of the identifiers. If not, each is returned once it is there. Default: `true`. */
  readonly ordered?: boolean | undefined;
}

/**
 * The result for one identifier: the customer, or the error of the call.
 *
 * @example
 * const format = ({ identifier, customer, error }: RetrieveManyResult) =>
 *   `${identifier}: ${error ? error.code : customer.current_mrr}`;
 */
export type RetrieveManyResult =
  | { readonly identifier: string; readonly customer: Customer; readonly error?: never }
  | { readonly identifier: string; readonly customer?: never; readonly error: FirstOfficerError };

/**
 * The results of {@link retrieveMany}, for one `for await` loop.
 *
 * @example
 * const results: RetrieveManyResults = retrieveMany(firstofficer, ['cus_1234ABCD']);
 * const first = await results.next();
 * await results.return();
 */
export interface RetrieveManyResults extends AsyncIterableIterator<RetrieveManyResult> {
  /** Aborts all pending requests and closes the iterable of identifiers. `for await` calls it when you leave the loop. */
  return(): Promise<IteratorReturnResult<undefined>>;
}

/**
 * Retrieves any number of customers, several at a time.
 *
 * Reads an identifier only if fewer than `concurrency` results are pending or not processed yet, so a slow loop stops
 * the requests. If the API answers one request with status 429 or 503, all requests wait until the time of
 * `Retry-After` is over, or until the time before the retry is over.
 *
 * A failed call is a result with an `error`, and the iteration continues. It ends with an error only where all further
 * calls would fail too: if the API key is wrong, if an option is invalid, or if the iterable of identifiers or one of
 * your functions throws.
 *
 * @param firstofficer - The client.
 * @param identifiers - The identifiers, as an iterable or async iterable: an array, a generator, the lines of a file.
 * @param options - The number of concurrent requests, the order of the results, a signal, and the options of each call.
 * @returns The results. No request is sent before the first one is asked for.
 * @throws FirstOfficerError - `invalid_argument` at once if an argument is invalid. The iteration throws `unauthorized`
 * if the API key is wrong, and `aborted` if the signal aborts.
 * @example
 * const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
 * for await (const { identifier, customer, error } of retrieveMany(firstofficer, ['cus_1234ABCD', 'cus_5678EFGH'])) {
 *   console.log(identifier, error ? error.code : customer.current_mrr);
 * }
 */
export function retrieveMany(
  firstofficer: Pick<FirstOfficer, 'customers'>,
  identifiers: Identifiers,
  options: RetrieveManyOptions = {},
): RetrieveManyResults {
  assertArgument('options', Object(options) === options, 'an object');
  const { concurrency = 10, ordered = true, signal, ...callOptions } = options;
  const source = Object(identifiers);
  assertArgument('firstofficer', typeof firstofficer?.customers?.retrieve === 'function', 'a client');
  assertArgument(
    'identifiers',
    // A string is an iterable of its characters.
    typeof identifiers !== 'string' && (source[Symbol.asyncIterator] ?? source[Symbol.iterator]),
    'an iterable or async iterable of strings',
  );
  assertArgument('concurrency', Number.isSafeInteger(concurrency) && concurrency > 0, 'an integer of 1 or more');
  assertArgument('ordered', typeof ordered === 'boolean', 'true or false');
  assertArgument('signal', !signal || typeof signal.addEventListener === 'function', 'an AbortSignal');
  return new Retrieval(firstofficer.customers, identifiers, { concurrency, ordered, signal, callOptions });
}

type Identifiers = Iterable<string> | AsyncIterable<string>;

/** The options with their defaults. */
interface Settings {
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly signal: AbortSignal | null | undefined;
  readonly callOptions: CallOptions;
}

/** An identifier that was read, and its result once it is there. */
interface Entry {
  readonly identifier: string;
  result?: RetrieveManyResult;
}

/** A call of `next` that has no result yet. */
interface Waiter {
  readonly resolve: (result: IteratorResult<RetrieveManyResult, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

// Not an async generator: its `return` would wait for the pending requests.
class Retrieval implements RetrieveManyResults {
  readonly #customers: Customers;
  readonly #identifiers: Identifiers;
  readonly #options: Settings;
  readonly #controller = new AbortController();
  readonly #pause = new SharedPause(this.#controller.signal);
  readonly #callOptions: CallOptions & Pick<OperationRequest, 'wait'>;
  #source: Iterator<string> | AsyncIterator<string> | undefined;
  /** The identifiers that were read and whose results `next` has not returned, in the order of the source. */
  #entries: Entry[] = [];
  #waiters: Waiter[] = [];
  /** Whether the loop still processes the last result. */
  #isProcessing = false;
  #isReading = false;
  /** Whether the source has ended or thrown. It must not be closed then. */
  #isSourceDone = false;
  #isClosed = false;
  /** The stack of the call of `retrieveMany`. */
  readonly #stack = new Error().stack;
  /** Why the iteration ended, until `next` has thrown it. */
  #failure: { readonly error: unknown } | undefined;

  constructor(customers: Customers, identifiers: Identifiers, options: Settings) {
    this.#customers = customers;
    this.#identifiers = identifiers;
    this.#options = options;
    this.#callOptions = {
      ...options.callOptions,
      signal: this.#controller.signal,
      wait: (retry) => this.#pause.waitBeforeRetry(retry),
    };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<RetrieveManyResult, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#isProcessing = false;
      this.#start();
      this.#deliver();
      void this.#read();
    });
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    await this.#close();
    return DONE;
  }

  /** Listens to the signal from the first call of `next` on. */
  #start(): void {
    const { signal } = this.#options;
    if (this.#isClosed || !signal) return;
    if (signal.aborted) this.#onAbort();
    else this.#removeAbortListener = addAbortListener(signal, this.#onAbort);
  }

  #removeAbortListener: (() => void) | undefined;

  readonly #onAbort = (): void => {
    const cause = this.#options.signal?.reason;
    const error = new FirstOfficerError('aborted', 'The retrieval was aborted.', { cause });
    this.#addStack(error);
    void this.#fail(error);
  };

  /** Makes the stack of an error lead to the line that called `retrieveMany`. That line does not await the requests. */
  #addStack(error: unknown): void {
    if (!isFirstOfficerError(error)) return;
    const callers = `${this.#stack}`.replace(/^Error\n/, '');
    Object.assign(error, { stack: `${error.stack}\n${callers}` });
  }

  /** Reads identifiers while there is room for their results, one at a time. */
  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#hasRoom()) {
        const source = this.#source ?? getIterator(this.#identifiers);
        this.#source = source;
        const { done, value } = await source.next();
        if (this.#isClosed) break;
        if (done) this.#isSourceDone = true;
        else void this.#retrieve(value);
      }
    } catch (error) {
      this.#isSourceDone = true;
      await this.#fail(error);
    }
    this.#isReading = false;
    this.#deliver();
  }

  #hasRoom(): boolean {
    const isBusy = this.#isProcessing && !this.#waiters.length;
    return !this.#isClosed && !this.#isSourceDone && this.#entries.length + Number(isBusy) < this.#options.concurrency;
  }

  async #retrieve(identifier: string): Promise<void> {
    const entry: Entry = { identifier };
    this.#entries.push(entry);
    try {
      await this.#pause.wait();
      entry.result = { identifier, customer: await this.#customers.retrieve(identifier, this.#callOptions) };
    } catch (error) {
      this.#addStack(error);
      if (!isFirstOfficerError(error) || !concernsIdentifier(error)) return this.#fail(error);
      this.#pause.extend(error, (error.retryAfter ?? 0) * 1000);
      entry.result = { identifier, error };
    }
    this.#deliver();
    await this.#read();
  }

  /** Passes results on to the calls of `next`, and ends the iteration after the last one. */
  #deliver(): void {
    while (this.#waiters.length) {
      const index = this.#options.ordered ? 0 : this.#entries.findIndex(({ result }) => result);
      const value = this.#entries[index]?.result;
      if (value) {
        this.#entries.splice(index, 1);
        this.#isProcessing = true;
        this.#waiters.shift()?.resolve({ done: false, value });
      } else if (this.#isClosed) {
        const waiter = this.#waiters.shift();
        if (this.#failure) waiter?.reject(this.#failure.error);
        else waiter?.resolve(DONE);
        this.#failure = undefined;
      } else if (this.#isSourceDone && !this.#entries.length) {
        void this.#close();
      } else return;
    }
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#isClosed) return;
    // The first error is reported, not what the source throws when it is closed.
    await this.#close({ error }).catch(() => {});
  }

  /** Aborts all requests and closes the source. */
  async #close(failure?: { readonly error: unknown }): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#failure = failure;
    this.#entries = [];
    this.#controller.abort();
    this.#removeAbortListener?.();
    try {
      const closed = this.#isSourceDone ? undefined : this.#source?.return?.();
      // A generator that is still waiting for its next identifier closes only later.
      if (!this.#isReading) await closed;
      else Promise.resolve(closed).catch(() => {});
    } finally {
      this.#deliver();
    }
  }
}

function getIterator<Item>(items: Iterable<Item> | AsyncIterable<Item>): Iterator<Item> | AsyncIterator<Item> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}

/** Returns whether an error may concern only one identifier. Other errors would be the same for all further ones. */
function concernsIdentifier({ code, param }: FirstOfficerError): boolean {
  return code === 'invalid_argument' ? param === 'customer' : code !== 'unauthorized' && code !== 'aborted';
}

// setTimeout treats longer delays as 1 ms.
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A pause of all requests after the API has answered one of them with 429 or 503. */
class SharedPause {
  readonly #signal: AbortSignal;
  #end = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Makes all requests wait, if the error is that the API is overloaded. */
  extend({ status }: FirstOfficerError, ms: number): void {
    if (status === 429 || status === 503) this.#end = Math.max(this.#end, Date.now() + ms);
  }

  /** Waits until the pause is over, or until the signal aborts. */
  async wait(end = 0): Promise<void> {
    while (!this.#signal.aborted) {
      const ms = Math.max(end, this.#end) - Date.now();
      if (ms <= 0) return;
      await run({ timeout: Math.min(ms, MAX_TIMER_MS), signal: this.#signal });
    }
  }

  /** Waits before a retry. */
  waitBeforeRetry({ error, delay }: Retry): Promise<void> {
    this.extend(error, delay);
    return this.wait(Date.now() + delay);
  }
}

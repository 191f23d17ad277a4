// The parts of the globals of React Native 0.88 that concern fetch (`src/types/globals.d.ts`), and of `expo/fetch` of
// Expo 58. The packages are not installed, because they have hundreds of dependencies.

declare class AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  onabort: (event: unknown) => void;
  addEventListener: (
    type: 'abort',
    listener: (this: AbortSignal, event: unknown) => unknown,
    options?: boolean,
  ) => void;
  removeEventListener: (
    type: 'abort',
    listener: (this: AbortSignal, event: unknown) => unknown,
    options?: boolean,
  ) => void;
  dispatchEvent(event: unknown): boolean;
  throwIfAborted(): void;
}

interface Headers {
  forEach(callback: (value: string, key: string, parent: Headers) => void): void;
  get(name: string): string | null;
  has(name: string): boolean;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

interface RequestInit {
  body?: string | ArrayBuffer | null | undefined;
  credentials?: 'omit' | 'same-origin' | 'include' | undefined;
  headers?: [string, string][] | Record<string, string> | Headers | undefined;
  method?: string | undefined;
  signal?: AbortSignal | undefined;
}

interface Response {
  readonly bodyUsed: boolean;
  readonly headers: Headers;
  readonly ok: boolean;
  readonly status: number;
  readonly redirected: boolean;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  json(): Promise<unknown>;
  text(): Promise<string>;
  clone(): Response;
}

interface Request {
  readonly headers: Headers;
  readonly method: string;
  readonly url: string;
  readonly signal: AbortSignal;
}

interface URL {
  readonly href: string;
}

declare function fetch(input: Request | string, init?: RequestInit): Promise<Response>;

declare module 'expo/fetch' {
  interface FetchRequestInit {
    body?: string | ArrayBuffer | null;
    credentials?: 'omit' | 'same-origin' | 'include';
    headers?: [string, string][] | Record<string, string> | Headers;
    method?: string;
    signal?: AbortSignal | null;
    redirect?: 'error' | 'follow' | 'manual';
  }

  class FetchResponse implements Response {
    get body(): object | null;
    get bodyUsed(): boolean;
    get headers(): Headers;
    get ok(): boolean;
    get status(): number;
    get redirected(): boolean;
    get url(): string;
    arrayBuffer(): Promise<ArrayBuffer>;
    json(): Promise<unknown>;
    text(): Promise<string>;
    clone(): FetchResponse;
  }

  function fetch(input: string | URL, init?: FetchRequestInit): Promise<FetchResponse>;
}

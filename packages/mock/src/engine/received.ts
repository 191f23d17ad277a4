import { hasParameters, type ParameterValues } from './parameters.ts';
import type { Redact } from './redaction.ts';

/**
 * A request that the mock received. It never contains the API key.
 *
 * @example
 * expect(mock.requests({ operation: 'retrieveCustomer' })).toHaveLength(3);
 */
export interface ReceivedRequest {
  /** The HTTP method. */
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  /** The ID of the operation; missing if the path or the method is unknown. */
  readonly operation?: string;
  /** The decoded values of path, query and documented header parameters, by name. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  /** The status of the response; missing until it is sent, and if the connection was cut before it. */
  readonly status?: number;
  /** Where the mock cut the connection, if it did. */
  readonly dropped?: 'headers' | 'body';
  /** When the request arrived, in ISO 8601. */
  readonly receivedAt: string;
  /** How long the response took, in milliseconds; missing until it is sent. */
  readonly milliseconds?: number;
  /** Whether a scenario gave the answer. */
  readonly isScenario: boolean;
  /** What the request violates, such as `query.limit must be >= 1`. */
  readonly violations: readonly string[];
}

/**
 * Selects received requests. All members must match.
 *
 * @example
 * const filter: RequestFilter = { operation: 'retrieveCustomer', status: 429 };
 */
export interface RequestFilter {
  readonly operation?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly status?: number;
}

/** What is known of a request when it arrives. */
interface Arrival {
  readonly method: string;
  /** The path, still percent-encoded. */
  readonly path: string;
  /** The ID of the operation; undefined if the path or the method is unknown. */
  readonly operation: string | undefined;
  readonly parameters: ParameterValues;
}

/** The record of a request in progress. */
export interface RequestRecord {
  isScenario: boolean;
  violations: readonly string[];
  /**
   * Records how the request ends. Call it before the response is sent, because the client may then ask for the record.
   *
   * @param status - The status; undefined if the connection ends before it is sent.
   */
  complete(status: number | undefined, dropped?: 'headers' | 'body'): void;
}

/** The requests that a mock received. */
export interface RequestRecorder {
  /** Records that a request arrived. */
  add(arrival: Arrival): RequestRecord;
  /** Returns the recorded requests, oldest first. */
  list(filter?: RequestFilter): readonly ReceivedRequest[];
  /** Forgets all requests, also those in progress. */
  clear(): void;
}

interface StoredRequest extends Arrival, RequestRecord {
  /** In milliseconds since 1970. */
  readonly receivedAt: number;
  status?: number | undefined;
  dropped?: 'headers' | 'body' | undefined;
  milliseconds?: number;
}

/** How many requests are recorded. */
const MAX_REQUESTS = 1000;

// Limits the memory for very long requests: 1,000 requests may have 4,000 characters each.
const MAX_CHARACTERS = 4_000_000;

/**
 * Creates a recorder. It replaces the API key before it records a text.
 *
 * @param onRequest - Is called with each request that ends.
 */
export function createRequestRecorder(redact: Redact, onRequest?: (request: ReceivedRequest) => void): RequestRecorder {
  let requests: StoredRequest[] = [];
  let characters = 0;

  return {
    add({ method, path, operation, parameters }) {
      const start = performance.now();
      const request: StoredRequest = {
        method,
        path: redact(path),
        operation,
        parameters: redactParameters(parameters, redact),
        receivedAt: Date.now(),
        isScenario: false,
        violations: [],
        complete(status, dropped) {
          request.status = status;
          request.dropped = dropped;
          request.milliseconds = Math.round(performance.now() - start);
          if (!onRequest) return;
          const received = toReceivedRequest(request, redact);
          // An error in this function must not prevent the response.
          queueMicrotask(() => onRequest(received));
        },
      };
      requests.push(request);
      characters += countCharacters(request);
      while (requests.length > MAX_REQUESTS || (characters > MAX_CHARACTERS && requests.length > 1)) {
        const oldest = requests.shift();
        characters -= oldest ? countCharacters(oldest) : 0;
      }
      return request;
    },
    list({ operation, parameters = {}, status } = {}) {
      const expected = Object.entries(parameters).map(([name, value]) => [name, String(value)] as const);
      return requests
        .filter((request) => operation === undefined || request.operation === operation)
        .filter((request) => status === undefined || request.status === status)
        .filter((request) => hasParameters(request.parameters, expected))
        .map((request) => toReceivedRequest(request, redact));
    },
    clear() {
      requests = [];
      characters = 0;
    },
  };
}

function redactParameters(parameters: ParameterValues, redact: Redact): ParameterValues {
  const redacted: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(parameters)) {
    redacted[redact(name)] = typeof value === 'string' ? redact(value) : value.map(redact);
  }
  return redacted;
}

/** Returns the length of the texts that clients choose. */
function countCharacters({ path, parameters }: Arrival): number {
  let count = path.length;
  for (const [name, value] of Object.entries(parameters)) {
    count += name.length + (typeof value === 'string' ? value.length : value.join('').length);
  }
  return count;
}

/** Returns a copy, so that a caller cannot change the record. */
function toReceivedRequest(request: StoredRequest, redact: Redact): ReceivedRequest {
  const { method, path, operation, parameters, status, dropped, milliseconds, isScenario, violations } = request;
  return {
    method,
    path,
    ...(operation !== undefined && { operation }),
    parameters: structuredClone(parameters),
    ...(status !== undefined && { status }),
    ...(dropped !== undefined && { dropped }),
    receivedAt: new Date(request.receivedAt).toISOString(),
    ...(milliseconds !== undefined && { milliseconds }),
    isScenario,
    violations: violations.map(redact),
  };
}

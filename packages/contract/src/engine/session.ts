import type { Operation } from '@firstofficer/openapi';
import { NoResponseError } from '../http/failure.ts';
import type { RawResponse } from '../http/raw-response.ts';
import type { RecordedExchange } from '../report/run-report.ts';
import type { Check, Departure, Probe } from './check.ts';
import { covered } from './coverage.ts';
import { rightCredentials } from './credentials.ts';
import { curlOf } from './curl.ts';
import type { Observation, ProbeOutcome } from './finding.ts';
import { type Link, StoppedError } from './link.ts';
import { asOperationExchange, type OperationExchange } from './operation-exchange.ts';
import { type OperationRequest, type RequestParts, requestTo } from './operation-request.ts';
import { succeedingValues } from './parameter-values.ts';
import { recorded, recordedFailure } from './recorded.ts';
import { shownBody } from './request-body.ts';
import type { Subject } from './subject.ts';

/** What a probe can do: send requests to its operation, and say what is wrong with the answers. */
export interface Session {
  /**
   * Sends a request: by values that succeed and the right key, unless told otherwise. Every check that judges responses
   * judges this one.
   */
  send(parts?: RequestParts): Promise<OperationExchange>;
  /** Sends a request and reads to the end of the connection. Nothing judges the response but the probe itself. */
  sendRaw(parts?: RequestParts): Promise<{ readonly request: OperationRequest; readonly response: RawResponse }>;
  /** Tries something without saying at once what it found: that counts only if it is kept. */
  trial(work: () => Promise<void>): Promise<{ readonly hasFailed: boolean; keep(): void }>;
  /** Says that the check of this probe found something. */
  report(at: { readonly request: OperationRequest }, departure: Departure): void;
}

/** The name of the check that every request is subject to, whatever else it is for. */
export const NO_RESPONSE = 'no_response';

interface Work {
  readonly subject: Subject;
  readonly link: Link;
  readonly judges: readonly Check[];
  /** Whether to keep what was sent and received. */
  readonly record: boolean;
}

/** Runs one probe of a check and gathers what came of it. Failures of the target are findings, never exceptions. */
export async function runProbe(
  { subject, link, judges, record }: Work,
  check: Check,
  operation: Operation,
  probe: Probe,
): Promise<ProbeOutcome> {
  let observations: Observation[] = [];
  const judged: Record<string, number> = {};
  const coverage: Record<string, number> = {};
  const exchanges: RecordedExchange[] = [];
  let requests = 0;
  const { description, target } = subject;

  function observe({ name, severity }: Check, request: OperationRequest, departure: Departure, kind: string): void {
    const { expected, actual, promise } = departure;
    const [object, ...members] = promise;
    observations.push({
      check: name,
      severity: departure.severity ?? severity,
      operation: operation.id,
      probe: probe.name,
      expected,
      actual,
      spec: description.locate(object, ...members),
      curl: curlOf(target.url, request),
      kind,
    });
  }

  function requestOf(parts: RequestParts): OperationRequest {
    return requestTo(operation, {
      body:
        (parts.method ?? operation.method) === operation.method
          ? shownBody(operation, description.document)
          : undefined,
      ...parts,
      parameters: { ...succeedingValues(operation, subject.known, description.document), ...parts.parameters },
      credentials: 'credentials' in parts ? parts.credentials : rightCredentials(operation, target.token),
    });
  }

  const count = (tally: Record<string, number>, name: string) => {
    tally[name] = (tally[name] ?? 0) + 1;
  };

  /** Counts a request, unless the target was given up before it was sent. */
  function counted<T>(sending: Promise<T>): Promise<T> {
    requests += 1;
    return sending.catch((error: unknown) => {
      if (error instanceof StoppedError) requests -= 1;
      throw error;
    });
  }

  const session: Session = {
    async send(parts = {}) {
      const request = requestOf(parts);
      const startedAt = new Date();
      const exchange = await counted(link.send(request)).catch((error: unknown) => {
        if (record && error instanceof NoResponseError)
          exchanges.push(recordedFailure(target.url, operation, probe, request, startedAt, error));
        throw error;
      });
      const result = asOperationExchange(operation, request, exchange);
      if (record) exchanges.push(recorded(target.url, operation, probe, result));
      for (const name of covered(result)) count(coverage, name);
      count(judged, check.name);
      for (const judge of judges) {
        if (judge !== check) count(judged, judge.name);
        // What one response after the other has in common is one finding, whatever was tried.
        for (const departure of judge.judge?.(result, subject) ?? [])
          observe(judge, request, departure, departure.expected);
      }
      return result;
    },
    async sendRaw(parts = {}) {
      const request = requestOf(parts);
      const response = await counted(link.sendRaw(request));
      count(judged, check.name);
      return { request, response };
    },
    async trial(work) {
      const before = observations;
      const found: Observation[] = [];
      observations = found;
      try {
        await withFailures(work);
      } finally {
        observations = before;
      }
      return {
        hasFailed: found.some(({ severity }) => severity === 'error'),
        keep: () => void observations.push(...found),
      };
    },
    report({ request }, departure) {
      observe(check, request, departure, `${probe.name}: ${departure.expected}`);
    },
  };

  /** A request without a response ends what was tried, and is a finding. */
  async function withFailures(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NoResponseError)) throw error;
      const noResponse = judges.find(({ name }) => name === NO_RESPONSE);
      const promise = [operation.definition, 'responses'] as const;
      const departure = { expected: 'a whole HTTP response', actual: error.message, promise };
      if (noResponse) observe(noResponse, error.request as OperationRequest, departure, error.message);
    }
  }

  const start = performance.now();
  let skipped: string | undefined;
  try {
    await withFailures(() => probe.run(session));
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    skipped = error.message;
  }
  return {
    check: check.name,
    operation: operation.id,
    probe: probe.name,
    durationMs: performance.now() - start,
    observations,
    judged,
    covered: coverage,
    requests,
    exchanges,
    ...(skipped !== undefined && { skipped }),
  };
}

import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'vitest';
import { ALL_CHECKS } from '../../src/all-checks.ts';
import type { Observation } from '../../src/engine/finding.ts';
import { openLink } from '../../src/engine/link.ts';
import type { ParameterValues } from '../../src/engine/parameter-values.ts';
import { judgesOf, plan } from '../../src/engine/plan.ts';
import { runProbe } from '../../src/engine/session.ts';
import { prepareSubject } from '../../src/prepare-subject.ts';
import { defaultSettings } from '../../src/settings.ts';
import { localServer } from '../local-server.ts';
import { temporaryFile } from '../temporary-file.ts';

/** The key that the targets are tested with. */
export const KEY = 'sesame-open-now';

/** A request as a server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON, text as it is. */
  readonly body?: unknown;
}

interface Told {
  /** Names of checks. */
  readonly only: readonly string[];
  readonly parameters?: ParameterValues;
}

/** Holds a server against the paths and components of a description, and tells what was found and what was sent. */
export async function hold(
  context: TestContext,
  { only, parameters = {} }: Told,
  description: string,
  answer: (request: Seen) => Answer,
): Promise<{ found: Observation[]; seen: Seen[] }> {
  const seen: Seen[] = [];
  const url = await localServer(context, async (incoming, response) => {
    const { method = '', url: target = '/', headers } = incoming;
    const request = { method, url: new URL(target, 'http://localhost'), headers, body: await text(incoming) };
    seen.push(request);
    const { status = 200, headers: own = {}, body } = answer(request);
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'object' ? { 'Content-Type': 'application/json' } : {};
    response.writeHead(status, { ...type, ...own }).end(payload);
  });
  const document = `openapi: 3.1.0\ninfo: { title: Other, version: 1.0.0 }\n${description}`;
  const settings = { ...defaultSettings(url), only, generated: 10, seed: 1 };
  const spec = await temporaryFile(context, document, 'openapi.yaml');
  const order = { target: { url, token: KEY }, spec, customers: [], parameters, settings, record: false };
  const link = openLink(url, settings);
  context.onTestFinished(() => link.close());
  const subject = await prepareSubject(order, link);
  const judges = judgesOf(ALL_CHECKS, settings);
  const found: Observation[] = [];
  for (const { check, operation, probe } of plan(ALL_CHECKS, subject)) {
    const outcome = await runProbe({ subject, link, judges, record: false }, check, operation, probe);
    // Other checks send requests, too, for these to judge.
    found.push(...outcome.observations.filter(({ check: name }) => only.includes(name)));
  }
  return { found, seen };
}

/** What was found, in few words. */
export function errors(found: readonly Observation[]): string[] {
  return found.filter(({ severity }) => severity === 'error').map(({ probe, actual }) => `${probe}: ${actual}`);
}

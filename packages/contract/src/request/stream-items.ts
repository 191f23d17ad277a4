import { getMediaType, parseJson } from '../http/exchange.ts';
import type { OperationExchange } from './operation-exchange.ts';

// A stream may have thousands of items, and the first ones show how it is built.
const MAX_ITEMS = 100;

/**
 * Returns the items of a response that is a sequence, such as the lines of `application/jsonl` or the events of
 * `text/event-stream`. An item that is not complete or not JSON is left out.
 */
export function listStreamItems(exchange: Pick<OperationExchange, 'headers' | 'text' | 'isPartial'>): unknown[] {
  const { text, isPartial } = exchange;
  const [separator, parse] = findFormat(getMediaType(exchange)) ?? [];
  if (!separator || !parse) return [];
  const parts = text.split(separator);
  const complete = isPartial ? parts.slice(0, -1) : parts;
  return complete
    .slice(0, MAX_ITEMS)
    .map(parse)
    .filter((item) => item !== undefined);
}

type Format = readonly [separator: RegExp | string, parse: (text: string) => unknown];

function findFormat(mediaType: string): Format | undefined {
  if (/^application\/(x-ndjson|ndjson|jsonl|x-jsonlines|stream\+json)$/.test(mediaType)) return [/\r?\n/, parseJson];
  // RFC 7464: each text begins with a record separator.
  if (mediaType === 'application/json-seq') return ['\u001e', parseJson];
  return mediaType === 'text/event-stream' ? [/\r?\n\r?\n/, parseEvent] : undefined;
}

/** Parses an event as OpenAPI 3.2 describes it: an object with its fields, of which `retry` is a number. */
function parseEvent(text: string): Readonly<Record<string, unknown>> | undefined {
  const event: Record<string, unknown> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, field, value = ''] = /^(data|event|id|retry)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'data') event.data = event.data === undefined ? value : `${event.data}\n${value}`;
    else if (field !== undefined) event[field] = field === 'retry' ? Number(value) : value;
  }
  // Events without data, such as comments that keep the connection open, are ignored by clients.
  return event.data === undefined ? undefined : event;
}

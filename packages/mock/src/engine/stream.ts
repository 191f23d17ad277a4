import { readEssence } from './media-type.ts';

const LINES = /^application\/(jsonl|x-jsonl|ndjson|x-ndjson|json-lines)$/;
const SEQUENCE = /^application\/(json-seq|.*\+json-seq)$/;

/** Returns whether a content type is a stream of items. */
export function isStream(mediaType: string): boolean {
  const essence = readEssence(mediaType);
  return LINES.test(essence) || SEQUENCE.test(essence) || essence === 'text/event-stream';
}

/** Returns the text of a stream. The text of an item in an unknown format is a line of JSON. */
export function formatStream(mediaType: string, items: readonly unknown[]): string {
  const essence = readEssence(mediaType);
  if (essence === 'text/event-stream') return items.map(formatEvent).join('');
  const start = SEQUENCE.test(essence) ? '\u001e' : '';
  return items.map((item) => `${start}${JSON.stringify(item)}\n`).join('');
}

/** Formats a server-sent event. An item that has no data is the data itself. */
function formatEvent(item: unknown): string {
  const isEvent = typeof item === 'object' && item !== null && 'data' in item;
  const { data, ...fields }: { readonly data?: unknown } = isEvent ? item : { data: item };
  const lines = (typeof data === 'string' ? data : JSON.stringify(data)).split(/\r\n|\r|\n/);
  const others = Object.entries(fields)
    .filter(([name]) => ['event', 'id', 'retry'].includes(name))
    .map(([name, value]) => `${name}: ${String(value).replaceAll(/[\r\n]/g, ' ')}\n`);
  return `${others.join('')}${lines.map((line) => `data: ${line}\n`).join('')}\n`;
}

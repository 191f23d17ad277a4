import type { Header, JsonSchema, Operation, Response } from '@firstofficer/openapi';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange } from './exchange.ts';

const OPTIONS = { allErrors: true, strict: false } as const;
const bodies = new Ajv2020(OPTIONS);
// Headers are text: "12" is an integer there.
const headers = new Ajv2020({ ...OPTIONS, coerceTypes: true });
addFormats.default(bodies);
addFormats.default(headers);

/**
 * Every way in which a response departs from what the description says of the operation: its status, content type,
 * headers and body. Empty if it departs in none.
 */
export function departures(operation: Operation, exchange: Exchange): string[] {
  const response = operation.responses[String(exchange.status)];
  if (!response) {
    const documented = Object.keys(operation.responses).join(', ');
    return [`status ${exchange.status} is not documented; documented are ${documented}`];
  }
  return [...headerDepartures(response, exchange), ...bodyDepartures(response, exchange)];
}

function headerDepartures(response: Response, exchange: Exchange): string[] {
  return Object.entries(response.headers ?? {}).flatMap(([name, header]) => headerDeparture(name, header, exchange));
}

function headerDeparture(name: string, { required = false, schema = {} }: Header, exchange: Exchange): string[] {
  const value = exchange.headers.get(name);
  if (value === null) return required ? [`header ${name} is missing`] : [];
  return schemaDepartures(headers, schema, value, `header ${name}`);
}

function bodyDepartures({ content = {} }: Response, { headers, text, json }: Exchange): string[] {
  const documented = Object.keys(content);
  if (documented.length === 0) return text === '' ? [] : ['there is a body, but none is documented'];

  const type = headers.get('content-type');
  const mediaType = type?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const definition = content[mediaType];
  if (!definition) return [`content type is ${type ?? 'missing'}; documented is ${documented.join(', ')}`];
  if (!/[/+]json$/.test(mediaType)) return [];
  if (json === undefined) return ['the body is not JSON'];
  return schemaDepartures(bodies, definition.schema ?? {}, json, 'body');
}

function schemaDepartures(ajv: Ajv2020, schema: JsonSchema, value: unknown, what: string): string[] {
  const validate = ajv.compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map((error) => `${what}${error.instancePath} ${explain(error)}`);
}

function explain({ message = 'is not valid', params }: ErrorObject): string {
  return 'allowedValue' in params ? `${message} ${JSON.stringify(params.allowedValue)}` : message;
}

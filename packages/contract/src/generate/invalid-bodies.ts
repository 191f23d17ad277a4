import type { JsonSchema, Operation } from '@firstofficer/openapi';
import { isJson } from '../http/media-type.ts';
import { requestViolations } from '../schema/validation.ts';
import { exampleBody, type SentBody } from './request-body.ts';

interface InvalidBody {
  readonly name: string;
  readonly body: SentBody;
}

/** Returns bodies that violate the schema of an operation's body, or that are not JSON. */
export function invalidBodies(operation: Operation, document: object): InvalidBody[] {
  const shown = exampleBody(operation, document);
  if (!shown || !isJson(shown.mediaType)) return [];
  const { mediaType } = shown;
  const schema = operation.requestBody?.content?.[mediaType]?.schema ?? {};
  const json = (name: string, value: unknown) => ({ name, value });
  const candidates = [
    json('a list', []),
    json('a string', 'text'),
    json('null', null),
    json('an empty object', {}),
    ...withoutOne(schema, shown.value),
    ...withAnotherType(shown.value),
  ];
  return [
    { name: 'JSON that is cut off', body: { mediaType, text: shown.text.slice(0, -1) } },
    ...candidates
      .filter(({ value }) => requestViolations(schema, value, 'body', document).length > 0)
      .map(({ name, value }) => ({ name, body: { mediaType, text: JSON.stringify(value) } })),
  ];
}

function withoutOne({ required = [] }: JsonSchema, shown: unknown): { name: string; value: unknown }[] {
  if (!isObject(shown)) return [];
  return (required as readonly string[]).map((member) => {
    const { [member]: _, ...value } = shown;
    return { name: `without ${member}`, value };
  });
}

function withAnotherType(shown: unknown): { name: string; value: unknown }[] {
  if (!isObject(shown)) return [];
  return Object.keys(shown).map((member) => ({
    name: `${member} as a list of lists`,
    value: { ...shown, [member]: [[]] },
  }));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

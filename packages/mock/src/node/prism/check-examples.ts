import type { Description, Operation } from '@firstofficer/openapi';
import { isJsonType } from '../../engine/media-type.ts';
import { isStream } from '../../engine/stream.ts';
import type { ResponseChoice } from '../../engine/tools.ts';
import type { Prism } from './prism.ts';

interface DocumentedExample {
  readonly choice: ResponseChoice;
  /** The name of the example; undefined for the member `example`. */
  readonly name: string | undefined;
  readonly value: unknown;
  /** The object that contains the value, and the member that it is. */
  readonly owner: object;
  readonly member: string;
}

/**
 * Returns a warning for each response example of a description that does not fit its schema, with the location in the
 * file. The mock serves these examples, but clients that validate responses reject them.
 */
export async function checkExamples(
  { operations, locate }: Description,
  validateBody: Prism['validateBody'],
): Promise<string[]> {
  const warnings = new Set<string>();
  for (const { choice, name, value, owner, member } of operations.flatMap(listExamples)) {
    const isList = isStream(choice.mediaType ?? '') && Array.isArray(value);
    for (const [index, item] of (isList ? value : [value]).entries()) {
      for (const { path, message } of await validateBody(choice, item)) {
        const members = isList ? [String(index), ...path] : path;
        const { file, line } = locate(owner, member, ...members);
        const example = name === undefined ? 'example' : `example ${name}`;
        const place = members.length > 0 ? `${members.join('.')} ` : '';
        const { operation, key } = choice;
        warnings.add(`${file}:${line}: The ${example} of ${operation.id}, ${key}: ${place}${message}.`);
      }
    }
  }
  return [...warnings];
}

/** Returns the response examples of an operation. Text that is not JSON, such as XML, is not checked. */
function listExamples(operation: Operation): DocumentedExample[] {
  return Object.entries(operation.responses).flatMap(([key, { content = {} }]) =>
    Object.entries(content).flatMap(([mediaType, media]): DocumentedExample[] => {
      if (!isJsonType(mediaType) && !isStream(mediaType)) return [];
      const choice = { operation, key, mediaType };
      const { example, examples = {} } = media;
      const named = Object.entries(examples).map(([name, owner]) => ({
        choice,
        name,
        value: owner.value,
        owner,
        member: 'value',
      }));
      const single = { choice, name: undefined, value: example, owner: media, member: 'example' };
      return [single, ...named].filter(({ value }) => value !== undefined);
    }),
  );
}

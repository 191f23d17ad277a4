import { asObject } from './document.ts';
import { hideMember } from './hidden.ts';
import { formatPointer } from './pointer.ts';

/**
 * Members of a description whose values are maps of names that its author chose. Such a name may be that of another member
 * or begin with `x-`.
 *
 * @example
 * MAPS_OF_NAMES.has('properties'); // true
 */
export const MAPS_OF_NAMES: ReadonlySet<string> = new Set([
  '$defs',
  'additionalOperations',
  'callbacks',
  'content',
  'definitions',
  'dependentSchemas',
  'encoding',
  'examples',
  'headers',
  'links',
  'mapping',
  'mediaTypes',
  'parameters',
  'pathItems',
  'patternProperties',
  'properties',
  'requestBodies',
  'schemas',
  'scopes',
  'securitySchemes',
  'variables',
]);

/**
 * Hides extensions (`x-…`) that contain references, so that these references are not resolved: OpenAPI gives them no
 * meaning.
 *
 * An extension that other parts of the document refer to stays.
 *
 * @param document - A parsed description, or another file that a description refers to.
 * @example
 * hideExtensions(document);
 */
export function hideExtensions(document: unknown): void {
  const targets = [...listReferences(document)].map((reference) => decodeFragment(reference.split('#')[1] ?? ''));
  const isTarget = (pointer: string) =>
    targets.some((target) => target === pointer || target.startsWith(`${pointer}/`));
  const seen = new Set<object>();

  const hideIn = (value: unknown, path: readonly string[], isMapOfNames: boolean): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [name, member] of Object.entries(value)) {
      const memberPath = [...path, name];
      const isExtension = name.startsWith('x-') && !isMapOfNames;
      if (!isExtension) hideIn(member, memberPath, !isMapOfNames && MAPS_OF_NAMES.has(name));
      else if (hasReference(member) && !isTarget(formatPointer(memberPath))) hideMember(value, name);
    }
  };
  hideIn(document, [], false);
}

function hasReference(value: unknown): boolean {
  return !listReferences(value).next().done;
}

function* listReferences(value: unknown): Generator<string> {
  const seen = new Set<unknown>([value]);
  for (const item of seen) {
    const { $ref } = asObject(item);
    if (typeof $ref === 'string') yield $ref;
    if (typeof item !== 'object' || item === null) continue;
    for (const member of Object.values(item)) if (typeof member === 'object') seen.add(member);
  }
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

import { asArray, asObject, type JsonObject, listOperations, type OperationEntry } from '@firstofficer/openapi';
import type { Path, Source } from './source.ts';
import type { Rating } from './step.ts';

/** The rating of an operation that no longer accepts some credentials, with the place of its requirements. */
export interface SecurityRating {
  readonly rating: Rating;
  readonly base: Path;
}

/**
 * Finds the operations that no longer accept credentials which they accept in the base. An operation without
 * requirements has those of the document, so a removed or added list can be breaking too.
 */
export function rateSecurity(base: Source, revision: Source): SecurityRating[] {
  const operations = new Map(listOperations(revision.document).map((entry) => [formatName(entry), entry]));
  return listOperations(base.document).flatMap((entry) => {
    const name = formatName(entry);
    const other = operations.get(name);
    if (!other) return [];
    const accepted = listAlternatives(revision.document, other);
    const lost = listAlternatives(base.document, entry).filter(
      (alternative) => !accepted.some((requirement) => isWithin(requirement, alternative)),
    );
    return lost.slice(0, 1).map((alternative) => ({
      rating: {
        tool: 'gate',
        ruleId: 'credentials-rejected',
        step: 'major',
        message: `\`${name}\` no longer accepts ${formatAlternative(alternative)}.`,
        reason: 'Requests that are accepted today fail with 401 or 403.',
      },
      base: entry.definition.security === undefined ? ['security'] : [...getPath(entry), 'security'],
    }));
  });
}

function formatName({ method, path }: OperationEntry): string {
  return `${method} ${path}`;
}

function getPath({ method, path, isIncoming }: OperationEntry): Path {
  return [isIncoming ? 'webhooks' : 'paths', path, method.toLowerCase()];
}

/** Returns the requirements of an operation, of which one is enough. */
function listAlternatives(document: JsonObject, { definition }: OperationEntry): JsonObject[] {
  const requirements = asArray(definition.security ?? document.security).map(asObject);
  return requirements.length > 0 ? requirements : [{}];
}

/** Returns whether credentials that satisfy an alternative also satisfy a requirement. */
function isWithin(requirement: JsonObject, alternative: JsonObject): boolean {
  return Object.entries(requirement).every(
    ([scheme, scopes]) =>
      Object.hasOwn(alternative, scheme) &&
      asArray(scopes).every((scope) => asArray(alternative[scheme]).includes(scope)),
  );
}

function formatAlternative(alternative: JsonObject): string {
  const schemes = Object.keys(alternative).map((scheme) => `\`${scheme}\``);
  return schemes.length > 0 ? schemes.join(' with ') : 'requests without credentials';
}

import type { MadeObject } from '../../state/objects.ts';
import { findId } from '../../state/resources.ts';
import type { Check, Session } from '../check.ts';
import { type Complete, createWait, listStateCases, listVariants, make } from './own-objects.ts';
import { type ListedItems, readAllPages } from './read-all-pages.ts';

// A list may hide objects of one kind.
const MAX_VARIANTS = 8;

export const createdListed: Check = {
  name: 'created_listed',
  severity: 'error',
  basis: 'description',
  rationale: 'The list without filters contains each new object.',
  testCases(operation, context) {
    const waitUntil = createWait(context);
    return listStateCases(operation, { context, needs: ['list'] }, (resource) => {
      if (needsFilter(resource)) {
        return { skipped: `${resource.list.id} has a required query parameter, so it may leave out new objects` };
      }
      return [
        {
          name: `list several of ${resource.name}`,
          async run(session) {
            const variants = listVariants(operation, context, Number.POSITIVE_INFINITY)
              .filter(
                ({ keyword, name }) => ['enum', 'oneOf', 'anyOf'].includes(keyword) || /: (true|false)$/.test(name),
              )
              .slice(0, MAX_VARIANTS);
            const all = [await make(session, resource)];
            for (const { value } of variants) {
              const made = await session.create(resource, value);
              if (made) all.push(made);
            }
            const listed = await waitUntil(
              () => readList(session, resource, all[0]),
              (read) => all.every((made) => isListed(made, read)),
            );
            if (!listed.isComplete) session.skip(`the tests cannot read all pages of ${resource.list.id}`);
            const missing = all.find((made) => !isListed(made, listed));
            if (!missing) return;
            session.report(listed.last, {
              expected: `a list with the new ${resource.name} ${findId(missing.created.json, resource) ?? ''}`,
              actual: `${listed.items.length} items without it`,
              specRef: [resource.list.definition, 'responses'],
            });
          },
        },
      ];
    });
  },
};

/** Returns whether a list requires a filter. */
export function needsFilter({ list }: Complete<'list'>): boolean {
  return list.parameters.some(({ required, in: place }) => required && place === 'query');
}

/** Reads the list that contains an object. */
export function readList(
  session: Session,
  { list }: Complete<'list'>,
  made: MadeObject | undefined,
): Promise<ListedItems> {
  const inPath = new Set(list.parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name));
  const parameters = Object.entries(made?.parametersFor(list) ?? {}).filter(([name]) => inPath.has(name));
  return readAllPages(session, list, Object.fromEntries(parameters));
}

/** Returns the item of an object in a list, or undefined if the list does not contain the object. */
export function findItem({ created, resource, parametersFor }: MadeObject, { items }: ListedItems): unknown {
  const operation = resource.retrieve ?? resource.remove ?? resource.create;
  const id = findId(created.json, resource) ?? Object.values(parametersFor(operation)).at(-1);
  return items.find((item) => item === id || String(findId(item, resource)) === String(id));
}

function isListed(made: MadeObject, listed: ListedItems): boolean {
  return findItem(made, listed) !== undefined;
}

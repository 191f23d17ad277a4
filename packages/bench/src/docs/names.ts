import type { Description, JsonSchema } from '@firstofficer/openapi';

/** What a reader looks for in a reference: parameters, members of what comes back, statuses, values of samples. */
export function namesOf({ operations }: Pick<Description, 'operations'>): string[] {
  const names = operations.flatMap(({ parameters, responses }) => [
    ...parameters.map(({ name }) => name),
    ...Object.keys(responses),
    ...Object.values(responses).flatMap(({ content = {} }) =>
      Object.values(content).flatMap(({ schema }) => members(schema)),
    ),
    ...parameters.flatMap(({ examples = {} }) => Object.values(examples).map(({ value }) => String(value))),
  ]);
  return [...new Set(names)].filter((name) => name !== '');
}

/** The names that a text has as words of their own. */
export function namesIn(text: string, names: readonly string[]): string[] {
  return names.filter((name) => new RegExp(`(?<!\\w)${RegExp.escape(name)}(?!\\w)`).test(text));
}

function members(schema: JsonSchema | undefined): string[] {
  return Object.keys((schema?.properties as object | undefined) ?? {});
}

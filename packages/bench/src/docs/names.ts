import type { Description, JsonSchema } from '@firstofficer/openapi';

/** Returns the names that readers look for: parameters, members of responses, statuses and values of examples. */
export function listNames({ operations }: Pick<Description, 'operations'>): string[] {
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

/** Returns the names that a text contains as whole words. */
export function findNames(text: string, names: readonly string[]): string[] {
  return names.filter((name) => new RegExp(`(?<!\\w)${RegExp.escape(name)}(?!\\w)`).test(text));
}

function members(schema: JsonSchema | undefined): string[] {
  return Object.keys((schema?.properties as object | undefined) ?? {});
}

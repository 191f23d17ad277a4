import type { ApiRequest } from '../engine/tools.ts';
import type { Resource } from './resources.ts';

/**
 * Returns the resource without its header and query parameters, if the request has none and needs none. This halves the
 * time that Prism takes to validate a request.
 */
export function skipAbsent(resource: Resource, { headers, query }: Pick<ApiRequest, 'headers' | 'query'>): Resource {
  const { headers: headerParameters = [], query: queryParameters = [], ...request } = resource.request ?? {};
  return {
    ...resource,
    request: {
      ...request,
      ...(canViolate(headerParameters, headers) && { headers: headerParameters }),
      ...(canViolate(queryParameters, query) && { query: skipAbsentObjects(queryParameters, query) }),
    },
  };
}

type QueryParameters = NonNullable<NonNullable<Resource['request']>['query']>;

// Prism compiles the schemas of a list of parameters once, and recognizes the list by its identity.
const parametersByAbsent = new WeakMap<QueryParameters, Map<string, QueryParameters>>();

/** Returns the parameters without optional objects that the request does not have. Prism takes them for empty objects. */
function skipAbsentObjects(parameters: QueryParameters, query: ApiRequest['query']): QueryParameters {
  const absent = parameters.filter(
    ({ style, required, name }) =>
      style === 'deepObject' && !required && !Object.keys(query).some((key) => key.startsWith(`${name}[`)),
  );
  if (absent.length === 0) return parameters;
  const lists = parametersByAbsent.get(parameters) ?? new Map<string, QueryParameters>();
  parametersByAbsent.set(parameters, lists);
  const id = JSON.stringify(absent.map(({ name }) => name));
  const list = lists.get(id) ?? parameters.filter((parameter) => !absent.includes(parameter));
  lists.set(id, list);
  return list;
}

function canViolate(parameters: readonly { required?: boolean }[], values: object): boolean {
  return parameters.length > 0 && (Object.keys(values).length > 0 || parameters.some(({ required }) => required));
}

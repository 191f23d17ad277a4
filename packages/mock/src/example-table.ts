import { examplePairs, followLinks, type Operation } from '@firstofficer/openapi';

/** The response example that answers a request. */
interface Selection {
  readonly status: string;
  readonly example: string;
}

/** Which example answers which path parameters. */
export interface ExampleTable {
  /** False if no example names a path parameter, so that there is nothing to choose by. */
  readonly selects: boolean;
  find(parameters: Readonly<Record<string, string>>): Selection | undefined;
}

/**
 * Reads the examples of an operation as a live server's data: a path parameter's example selects the response example
 * of the same name. The links of that response name the same object by its other identifiers, so these select it too.
 */
export function exampleTable(operation: Operation): ExampleTable {
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const keyOf = (parameters: Readonly<Record<string, string>>) => JSON.stringify(names.map((name) => parameters[name]));
  const table = new Map<string, Selection>();
  const add = (parameters: Readonly<Record<string, string>>, selection: Selection) => {
    const key = keyOf(parameters);
    if (!table.has(key)) table.set(key, selection);
  };
  const pairs = examplePairs(operation).filter(({ parameters }) => names.some((name) => name in parameters));
  for (const { parameters, status, name } of pairs) add(parameters, { status, example: name });
  for (const { status, name, body } of pairs) {
    for (const link of followLinks(operation, status, body)) {
      if (link.operationId === operation.id) add(link.parameters, { status, example: name });
    }
  }
  return { selects: table.size > 0, find: (parameters) => table.get(keyOf(parameters)) };
}

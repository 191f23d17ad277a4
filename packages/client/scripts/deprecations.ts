import {
  type Deprecation,
  describeDeprecation,
  type JsonObject,
  MAPS_OF_NAMES,
  type Operation,
  readDeprecation,
  resolveReference,
} from '@firstofficer/openapi';

/** Members of a description whose values are data, such as an example with a member `deprecated`. */
const DATA = ['const', 'default', 'enum', 'example', 'examples', 'value'];

/**
 * Returns a copy of a document in which the description of each deprecated object ends with the TSDoc tag `@deprecated`,
 * the dates and the replacement. openapi-typescript writes the tag without them.
 *
 * @param document - The document with its references, so that the types have names.
 */
export function describeDeprecations(document: JsonObject, operations: readonly Operation[]): JsonObject {
  const copy = (node: unknown, isMap: boolean): unknown => {
    if (Array.isArray(node)) return node.map((item) => copy(item, false));
    if (typeof node !== 'object' || node === null) return node;
    const members = Object.fromEntries(
      Object.entries(node).map(([name, member]) => {
        const isData = !isMap && DATA.includes(name);
        return [name, isData ? member : copy(member, !isMap && MAPS_OF_NAMES.has(name))];
      }),
    );
    const deprecation = isMap ? undefined : readDeprecation(resolveReference(document, node));
    if (!deprecation) return members;
    const { deprecated, description = '', ...others } = members;
    // A tag begins at the start of a line.
    return { ...others, description: `${String(description).trim()}\n${formatTag(deprecation, operations)}` };
  };
  return copy(document, false) as JsonObject;
}

/**
 * Moves the tags of {@link describeDeprecations} to the start of their lines in TSDoc that openapi-typescript wrote, and
 * adds them to the members of the interface `operations`, which have no TSDoc.
 */
export function addDeprecationTags(types: string, operations: readonly Operation[]): string {
  const tidy = types.replaceAll(/(?<=\* )(?: {4}|@description )(?=@deprecated )/g, '');
  const [others = '', members = ''] = tidy.split(/(?=^export interface operations \{)/m);
  const addTag = (text: string, { id, deprecation }: Operation) =>
    deprecation
      ? text.replace(`\n    ${id}: {`, (line) => `\n    /** ${formatTag(deprecation, operations)} */${line}`)
      : text;
  return others + operations.reduce(addTag, members);
}

/**
 * Generates the member of an operation that the client reads: the texts of the operation and of its parameters, if they
 * are deprecated. Returns an empty text if nothing is deprecated.
 */
export function generateDeprecations({ deprecation, parameters }: Operation, operations: readonly Operation[]): string {
  const describe = (found: Deprecation) => describeReplaced(found, operations);
  const texts = parameters.flatMap((parameter) => {
    const { name, in: location } = parameter;
    const found = readDeprecation(parameter) ?? readDeprecation(parameter.schema);
    const key = location === 'header' ? name.toLowerCase() : name;
    const thing = location === 'header' ? `the header ${name}` : `the ${location} parameter ${name}`;
    return found ? [[`${thing} is ${describe(found)}`, location, key]] : [];
  });
  const all = [...(deprecation ? [[describe(deprecation)]] : []), ...texts];
  return all.length === 0 ? '' : `, deprecated: ${JSON.stringify(all)}`;
}

/** Describes a deprecation. An operation that is a replacement has its method and path, by which the client calls it. */
function describeReplaced(
  deprecation: Deprecation,
  operations: readonly Operation[],
  formatName = (name: string) => name,
): string {
  return describeDeprecation(deprecation, (name) => {
    const operation = operations.find(({ id }) => id === name);
    return formatName(operation ? `${operation.method} ${operation.path}` : name);
  });
}

function formatTag(deprecation: Deprecation, operations: readonly Operation[]): string {
  const text = describeReplaced(deprecation, operations, (name) => `\`${name}\``);
  return text.replace(/^deprecated[,.]?/, '@deprecated');
}

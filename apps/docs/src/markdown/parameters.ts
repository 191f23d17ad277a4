import { asObject, asString, type JsonObject, resolveReference } from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import { formatLiteral, listDeprecation } from './constraints.ts';
import { type DocumentedExample, findExamples } from './examples.ts';
import { describeConstraints, formatMember, listMembers, MEMBER_HEAD } from './members.ts';
import { heading, inlineCode, list, type Phrase, paragraph, table } from './render.ts';
import { mergeSchema } from './schema.ts';

/** Returns the section with the parameters of an operation and their examples. */
export function renderParameters(document: JsonObject, parameters: readonly JsonObject[], depth: number) {
  if (parameters.length === 0) return [];
  const [nameHead, ...otherHeads] = MEMBER_HEAD;
  const rows = parameters.flatMap((parameter) =>
    listParameterRows(document, parameter).map(([name = [], ...cells]) => [name, [asString(parameter.in)], ...cells]),
  );
  return [
    heading(depth, 'Parameters'),
    ...table([nameHead, 'In', ...otherHeads], rows),
    ...parameters.flatMap((parameter) => renderParameterExamples(document, parameter)),
  ];
}

/** Returns a table of response headers. */
export function renderHeadersTable(document: JsonObject, headers: readonly (readonly [string, JsonObject])[]) {
  return table(
    MEMBER_HEAD,
    headers.flatMap(([name, header]) => listParameterRows(document, { ...header, name })),
  );
}

/** Returns a list with the examples of a parameter or header. */
export function renderParameterExamples(document: JsonObject, parameter: JsonObject): RootContent[] {
  const examples = findExamples(document, mergeContent(document, parameter));
  if (examples.length === 0) return [];
  return [
    paragraph('Examples of ', inlineCode(String(parameter.name)), ':'),
    ...list(examples.map((example) => [`${example.title}: `, ...formatExampleValue(example)])),
  ];
}

/** Returns the value of a parameter example. Strings have no quotation marks, because they are sent without them. */
export function formatExampleValue({ value, externalValue }: DocumentedExample): Phrase {
  if (value === undefined) return [externalValue];
  return [typeof value === 'string' && value.trim() !== '' ? inlineCode(value) : formatLiteral(value)];
}

/** Returns the table rows of a parameter or header: its own, and those of the members of its schema. */
function listParameterRows(document: JsonObject, given: JsonObject): Phrase[][] {
  const parameter = mergeContent(document, given);
  const { schema, required, description } = parameter;
  const name = String(parameter.name);
  const { keywords } = mergeSchema(document, schema);
  const constraints = [...describeStyle(parameter), ...describeConstraints(document, keywords)];
  const descriptions = [description, keywords.description].filter((text) => text !== undefined);
  return [
    formatMember(document, { name, schema, isRequired: required === true, constraints }, descriptions.join('\n\n')),
    ...listMembers(document, schema, name).map((member) => formatMember(document, member)),
  ];
}

/** Returns the parameter with the schema and examples of its `content`, if it has one. */
function mergeContent(document: JsonObject, parameter: JsonObject): JsonObject {
  const [[mediaType, content] = []] = Object.entries(asObject(parameter.content));
  return mediaType === undefined ? parameter : { ...resolveReference(document, content), ...parameter, mediaType };
}

function describeStyle(parameter: JsonObject): Phrase[] {
  const { style, explode, allowReserved, allowEmptyValue, mediaType } = parameter;
  return [
    ...listDeprecation(parameter),
    ...(mediaType === undefined ? [] : [['written as ', inlineCode(String(mediaType))]]),
    ...(style === undefined ? [] : [['style ', inlineCode(String(style))]]),
    ...(explode === undefined ? [] : [['explode ', inlineCode(String(explode))]]),
    ...(allowReserved === true ? [['reserved characters are not encoded']] : []),
    ...(allowEmptyValue === true ? [['may be empty']] : []),
  ];
}

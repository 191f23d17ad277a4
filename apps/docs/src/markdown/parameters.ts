import { asObject, type JsonObject, resolveReference } from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import { formatLiteral } from './constraints.ts';
import { type DocumentedExample, findExamples } from './examples.ts';
import { describeConstraints, formatRequired, listMembers, type Member } from './members.ts';
import { renderOneLine } from './prose.ts';
import { heading, inlineCode, join, list, type Phrase, paragraph, table } from './render.ts';
import { describeType, mergeSchema } from './schema.ts';

const HEAD = ['Name', 'In', 'Type', 'Required', 'Constraints', 'Description'];

/** Returns the section with the parameters of an operation and their examples. */
export function renderParameters(document: JsonObject, parameters: readonly JsonObject[], depth: number) {
  if (parameters.length === 0) return [];
  return [
    heading(depth, 'Parameters'),
    ...table(
      HEAD,
      parameters.flatMap((parameter) => listParameterRows(document, parameter)),
    ),
    ...parameters.flatMap((parameter) => renderParameterExamples(document, parameter)),
  ];
}

/** Returns a table of response headers. */
export function renderHeadersTable(document: JsonObject, headers: readonly (readonly [string, JsonObject])[]) {
  const rows = headers.flatMap(([name, header]) =>
    listParameterRows(document, { ...header, name }).map(([member = [], , ...cells]) => [member, ...cells]),
  );
  return table(
    HEAD.filter((name) => name !== 'In'),
    rows,
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

function listParameterRows(document: JsonObject, given: JsonObject): Phrase[][] {
  const parameter = mergeContent(document, given);
  const { name, schema, required } = parameter;
  const { keywords } = mergeSchema(document, schema);
  const row = (member: Member, description: unknown) => [
    [inlineCode(member.name)],
    [String(parameter.in ?? '')],
    [describeType(document, member.schema)],
    [formatRequired(member.isRequired)],
    join(member.constraints, ', '),
    renderOneLine(description),
  ];
  const own = {
    name: String(name),
    schema,
    isRequired: required === true,
    constraints: [...describeStyle(parameter), ...describeConstraints(document, keywords)],
  };
  return [
    row(own, [parameter.description, keywords.description].filter((text) => text !== undefined).join('\n\n')),
    ...listMembers(document, schema, String(name)).map((member) =>
      row(member, mergeSchema(document, member.schema).keywords.description),
    ),
  ];
}

/** Returns the parameter with the schema and examples of its `content`, if it has one. */
function mergeContent(document: JsonObject, parameter: JsonObject): JsonObject {
  const [[mediaType, content] = []] = Object.entries(asObject(parameter.content));
  return mediaType === undefined ? parameter : { ...resolveReference(document, content), ...parameter, mediaType };
}

function describeStyle({
  deprecated,
  style,
  explode,
  allowReserved,
  allowEmptyValue,
  mediaType,
}: JsonObject): Phrase[] {
  return [
    ...(deprecated === true ? [['deprecated']] : []),
    ...(mediaType === undefined ? [] : [['written as ', inlineCode(String(mediaType))]]),
    ...(style === undefined ? [] : [['style ', inlineCode(String(style))]]),
    ...(explode === undefined ? [] : [['explode ', inlineCode(String(explode))]]),
    ...(allowReserved === true ? [['reserved characters are not encoded']] : []),
    ...(allowEmptyValue === true ? [['may be empty']] : []),
  ];
}

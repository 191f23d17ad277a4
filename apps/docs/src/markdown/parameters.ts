import type { RootContent } from 'mdast';
import { literal, type Phrase } from './constraints.ts';
import { type DocumentedExample, findExamples } from './examples.ts';
import { constraintsOf, membersOf, requiredWord } from './members.ts';
import { asObject, type JsonObject, type OpenApiDocument, resolve } from './openapi.ts';
import { oneLine } from './prose.ts';
import { heading, inlineCode, join, list, paragraph, table } from './render.ts';
import { mergeSchema } from './schema.ts';
import { typeName } from './type-name.ts';

const HEAD = ['Name', 'In', 'Type', 'Required', 'Constraints', 'Description'];

/** Returns the section with the parameters of an operation and their examples. */
export function parametersSection(document: OpenApiDocument, parameters: readonly JsonObject[], depth: number) {
  if (parameters.length === 0) return [];
  return [
    heading(depth, 'Parameters'),
    ...table(
      HEAD,
      parameters.flatMap((parameter) => parameterRows(document, parameter)),
    ),
    ...parameters.flatMap((parameter) => parameterExamples(document, parameter)),
  ];
}

/** Returns a table of response headers. */
export function headersTable(document: OpenApiDocument, headers: readonly (readonly [string, JsonObject])[]) {
  const rows = headers.flatMap(([name, header]) =>
    parameterRows(document, { ...header, name }).map(([member = [], , ...cells]) => [member, ...cells]),
  );
  return table(
    HEAD.filter((name) => name !== 'In'),
    rows,
  );
}

/** Returns a list with the examples of a parameter or header. */
export function parameterExamples(document: OpenApiDocument, parameter: JsonObject): RootContent[] {
  const examples = findExamples(document, withSchema(document, parameter));
  if (examples.length === 0) return [];
  return [
    paragraph('Examples of ', inlineCode(String(parameter.name)), ':'),
    ...list(examples.map((example) => [`${example.title}: `, ...exampleValue(example)])),
  ];
}

/** Returns the value of a parameter example. Strings have no quotation marks, because they are sent without them. */
export function exampleValue({ value, externalValue }: DocumentedExample): Phrase {
  if (value === undefined) return [externalValue];
  return [typeof value === 'string' && value.trim() !== '' ? inlineCode(value) : literal(value)];
}

function parameterRows(document: OpenApiDocument, given: JsonObject): Phrase[][] {
  const parameter = withSchema(document, given);
  const { name, schema, description } = parameter;
  const whole = mergeSchema(document, schema).keywords;
  const row = (
    member: string,
    type: unknown,
    required: boolean | undefined,
    demands: readonly Phrase[],
    text: unknown,
  ) => [
    [inlineCode(member)],
    [String(parameter.in ?? '')],
    [typeName(document, type)],
    [requiredWord(required)],
    join(demands, ', '),
    oneLine(text),
  ];
  return [
    row(
      String(name),
      schema,
      parameter.required === true,
      [...stylePhrases(parameter), ...constraintsOf(document, whole)],
      [description, whole.description].filter((text) => text !== undefined).join('\n\n'),
    ),
    ...membersOf(document, schema, String(name)).map((member) =>
      row(
        member.name,
        member.schema,
        member.required,
        member.constraints,
        mergeSchema(document, member.schema).keywords.description,
      ),
    ),
  ];
}

/** Returns the parameter with the schema and examples of its `content`, if it has one. */
function withSchema(document: OpenApiDocument, parameter: JsonObject): JsonObject {
  const [[mediaType, content] = []] = Object.entries(asObject(parameter.content));
  return mediaType === undefined ? parameter : { ...resolve(document, content), ...parameter, mediaType };
}

function stylePhrases({ deprecated, style, explode, allowReserved, allowEmptyValue, mediaType }: JsonObject): Phrase[] {
  return [
    ...(deprecated === true ? [['deprecated']] : []),
    ...(mediaType === undefined ? [] : [['written as ', inlineCode(String(mediaType))]]),
    ...(style === undefined ? [] : [['style ', inlineCode(String(style))]]),
    ...(explode === undefined ? [] : [['explode ', inlineCode(String(explode))]]),
    ...(allowReserved === true ? [['reserved characters as they are']] : []),
    ...(allowEmptyValue === true ? [['may be empty']] : []),
  ];
}

import {
  asArray,
  asObject,
  type Description,
  describeDeprecation,
  type JsonSchema,
  type Operation,
  type Parameter,
  type Response,
  readDeprecation,
} from '@firstofficer/openapi';
import type {
  ColumnDefinition,
  CommandDefinition,
  GroupDefinition,
  OptionDefinition,
  ValueType,
} from '../src/cli/definition.ts';

type Command = CommandDefinition & Pick<Operation, 'id' | 'deprecation'> & { readonly group: string };

/** Generates a module with the table of commands: a group for each tag, and a command for each operation. */
export function generateCommands(description: Description): string {
  return [
    '',
    '/** The commands of the operations, by tag. */',
    `export const GROUPS = ${JSON.stringify(buildGroups(description), null, 2)} as const;`,
    '',
  ].join('\n');
}

/**
 * Builds the table of commands.
 *
 * @throws Error if two operations of a tag have the same operationId, apart from letter case.
 */
export function buildGroups(description: Description): GroupDefinition[] {
  const { document, operations } = description;
  const tags = new Map(
    asList(document.tags).map(({ name, description }) => [toKebabCase(String(name)), toPlainText(description)]),
  );
  const built = operations.map((operation) => buildCommand(operation, description));
  const names = [...new Set(built.map(({ group }) => group))];
  const commands = names.flatMap((name) => nameCommands(built.filter(({ group }) => group === name)));
  return names.map((name) => ({
    name,
    description: tags.get(name) ?? '',
    commands: commands.filter(({ group }) => group === name).map((command) => finishCommand(command, commands)),
  }));
}

/** Returns the definition of a command. The replacement of a deprecated operation is named as a command. */
function finishCommand({ group, id, deprecation, ...command }: Command, all: readonly Command[]): CommandDefinition {
  if (!deprecation) return command;
  const deprecated = describeDeprecation(deprecation, (name) => {
    const other = all.find((candidate) => candidate.id === name);
    return other ? `${other.group} ${other.name}` : name;
  });
  return { ...command, deprecated };
}

/** Commands of a group whose short names are the same are named by their operationId. */
function nameCommands(commands: readonly Command[]): Command[] {
  const isUnique = (name: string) => commands.filter((command) => command.name === name).length === 1;
  const named = commands.map((command) =>
    isUnique(command.name) ? command : { ...command, name: toKebabCase(command.id) },
  );
  const taken = new Set<string>();
  for (const { name, method, path } of named) {
    if (taken.has(name)) throw new Error(`${method} ${path}: another operation is named ${name}. Change operationId.`);
    taken.add(name);
  }
  return named;
}

function buildCommand(operation: Operation, description: Description): Command {
  const { id, method, path, parameters, requestBody, deprecation, definition } = operation;
  const { tags, summary, description: text } = definition as Readonly<Record<string, unknown>>;
  const hasId = id !== `${method} ${path}`;
  const [firstSegment = 'api'] = path.split('/').filter((segment) => /^(?!v\d+$)[^{}]+$/.test(segment));
  const group = toKebabCase(String((Array.isArray(tags) && tags[0]) || firstSegment));
  // In the order of the path.
  const inPath = parameters
    .filter(({ in: location }) => location === 'path')
    .toSorted((a, b) => path.indexOf(`{${a.name}}`) - path.indexOf(`{${b.name}}`));
  const options = nameOptions(parameters);
  const success = findSuccess(operation);
  return {
    group,
    id,
    ...(deprecation && { deprecation }),
    name: hasId ? shortenName(id, group) : method.toLowerCase(),
    method,
    path,
    summary: toPlainText(summary) || `${method} ${path}`,
    description: toPlainText(text),
    example: buildExample(operation, inPath, options),
    // The client percent-encodes arguments, so users must not.
    arguments: inPath.map((parameter) => ({
      name: parameter.name,
      description: describe(parameter).replace(/,? percent-encoded[^.,]*| Encode [^.]*\./g, ''),
    })),
    options,
    ...(requestBody && { body: { required: requestBody.required === true } }),
    ...describeSuccess(success, description),
  };
}

/** Removes the noun of the group from an operationId: `listNotes` of the group `notes` is `list`. */
function shortenName(id: string, group: string): string {
  const toSingular = (word: string) => word.replace(/ies$/, 'y').replace(/s$/, '');
  const nouns = group.split('-').map(toSingular);
  const [verb = '', ...words] = toKebabCase(id).split('-');
  return [verb, ...words.filter((word) => !nouns.includes(toSingular(word)))].join('-');
}

// The options of every command, without those whose names begin with "no-", which negate another option.
const RESERVED = 'help version token url time-limit max-retries json data file format concurrency unordered'.split(' ');

function nameOptions(parameters: readonly Parameter[]): OptionDefinition[] {
  const taken = new Set(RESERVED);
  const options = parameters.flatMap((parameter) => {
    const { name, in: location, required = false, schema = {} } = parameter;
    if (location !== 'query' && location !== 'header') return [];
    const kebab = toKebabCase(name);
    const flag = taken.has(kebab) || kebab.startsWith('no-') ? `${location}-${kebab}` : kebab;
    taken.add(flag);
    const choices = asArray(schema.enum).filter((value) => typeof value !== 'object');
    const deprecation = readDeprecation(parameter) ?? readDeprecation(schema);
    const option: OptionDefinition = {
      flag,
      name,
      in: location,
      type: findType(schema),
      isRequired: required,
      description: describe(parameter),
      ...(choices.length > 0 && { choices: choices.map(String) }),
    };
    return { option, deprecation };
  });
  return options.map(({ option, deprecation }) => {
    if (!deprecation) return option;
    const deprecated = describeDeprecation(deprecation, (name) => {
      const other = options.find((candidate) => candidate.option.name === name);
      return other ? `--${other.option.flag}` : name;
    });
    return { ...option, deprecated };
  });
}

function findType({ type }: JsonSchema): ValueType {
  const [name] = [type].flat().filter((name) => name !== 'null');
  if (name === 'array') return 'list';
  if (name === 'object') return 'json';
  return name === 'integer' || name === 'number' || name === 'boolean' ? name : 'string';
}

/** Returns the description of a parameter, without line breaks, up to the end of its first paragraph. */
function describe(parameter: Parameter & { readonly description?: unknown }): string {
  return toPlainText(parameter.description ?? parameter.schema?.description);
}

/** Returns the first paragraph of a Markdown text, without links and line breaks. */
function toPlainText(markdown: unknown): string {
  const [paragraph = ''] = typeof markdown === 'string' ? markdown.trim().split(/\n\s*\n/) : [];
  return paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ');
}

/** Builds arguments and options that work from the examples of the parameters that belong together. */
function buildExample(
  operation: Operation,
  inPath: readonly Parameter[],
  options: readonly OptionDefinition[],
): string {
  const { parameters, requestBody } = operation;
  const [exampleName = ''] = parameters.flatMap(({ examples = {} }) => Object.keys(examples));
  const words = inPath.map(({ name, examples = {}, example }) =>
    quote(examples[exampleName]?.value ?? Object.values(examples)[0]?.value ?? example ?? name.toUpperCase()),
  );
  for (const { name, in: location, flag, isRequired, deprecated } of options) {
    if (deprecated !== undefined && !isRequired) continue;
    const parameter = parameters.find((parameter) => parameter.name === name && parameter.in === location);
    const { examples = {}, example } = parameter ?? {};
    const value = examples[exampleName]?.value ?? (isRequired ? (example ?? flag.toUpperCase()) : undefined);
    if (value !== undefined) words.push(`--${flag} ${quote(value)}`);
  }
  if (requestBody) {
    const [body] = Object.values(requestBody.content ?? {});
    const value = Object.values(body?.examples ?? {})[0]?.value ?? body?.example ?? {};
    words.push(`--data ${quote(JSON.stringify(value))}`);
  }
  return words.join(' ');
}

/** Quotes a value for a shell. */
function quote(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function findSuccess({ responses }: Operation): Response | undefined {
  const [, response] = Object.entries(responses).find(([status]) => /^2/.test(status)) ?? [];
  return response;
}

/** Returns the columns of a success, and where its rows are if it is a list. */
function describeSuccess(
  response: Response | undefined,
  { document }: Description,
): Pick<CommandDefinition, 'object' | 'rows' | 'footer' | 'columns'> {
  const [, media] = Object.entries(response?.content ?? {}).find(([type]) => /[/+]json\b/.test(type)) ?? [];
  const schema = media?.schema ?? {};
  const moneyTypes = Object.values(asObject(asObject(document.components).schemas))
    .map(asObject)
    .filter((type) => MONEY.test(getText(type)));
  if (findType(schema) === 'list') return { rows: '', columns: buildColumns(asObject(schema.items), moneyTypes) };
  const members = collectMembers(schema);
  const object = members.get('object')?.const;
  const [rows, list] =
    [...members].find(([name, member]) => findType(member) === 'list' && (name === 'data' || object === 'list')) ?? [];
  return {
    ...(typeof object === 'string' && { object }),
    ...(rows !== undefined && {
      rows,
      footer: buildColumns(schema, moneyTypes).filter(({ name }) => name !== rows),
    }),
    columns: buildColumns(list ? asObject(list.items) : schema, moneyTypes),
  };
}

function buildColumns(schema: JsonSchema, moneyTypes: readonly JsonSchema[]): ColumnDefinition[] {
  const members = collectMembers(schema);
  // A constant says nothing about one object.
  const variable = [...members].filter(([, member]) => !('const' in member));
  return variable.map(([name, member]) => {
    const isAmount = moneyTypes.some((type) => withoutText(type) === withoutText(member));
    const [found, currency = 'currency'] = MONEY.exec(getText(member)) ?? [];
    const isMoney = (found !== undefined || isAmount) && members.has(currency);
    return { name, label: formatLabel(name, member), ...(isMoney && { currency }) };
  });
}

// The description says it of every amount. The member with the currency is in backquotes.
const MONEY = /smallest unit of (?:`(\w+)`|(?:its|the|a|their)\b[^.]*\bcurrency)/;

function getText({ description }: JsonSchema): string {
  return typeof description === 'string' ? description.replace(/\s+/g, ' ') : '';
}

/** Returns a schema as a text without its description, which a reference may replace. */
function withoutText({ title, description, ...schema }: JsonSchema): string {
  return JSON.stringify(schema);
}

/** Returns the members of an object, including those of the schemas that it combines. */
function collectMembers(schema: JsonSchema): Map<string, JsonSchema> {
  const parts = [schema.allOf, schema.oneOf, schema.anyOf].flatMap(asList).flatMap((part) => [...collectMembers(part)]);
  const own = Object.entries(asObject(schema.properties)).map(([name, member]) => [name, asObject(member)] as const);
  return new Map([...parts, ...own]);
}

/** Returns the title of a member, or its name as words: `stripe_id` is `Stripe ID`. */
function formatLabel(name: string, { title, description }: JsonSchema): string {
  if (typeof title === 'string') return title;
  const acronyms = new Set(['ID', 'URL', ...(String(description).match(/\b[A-Z]{2,}\b/g) ?? [])]);
  const words = toKebabCase(name)
    .split('-')
    .map((word) => (acronyms.has(word.toUpperCase()) ? word.toUpperCase() : word))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function toKebabCase(text: string): string {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function asList(value: unknown): readonly JsonSchema[] {
  return asArray(value).map(asObject);
}

import { parse } from 'yaml';

/**
 * Returns what is wrong with an issue form, by GitHub's rules for forms. GitHub does not show an invalid form.
 * https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
 */
export function findFormProblems(text: string): string[] {
  const form: unknown = parse(text);
  if (!isRecord(form)) return ['The form is no map.'];
  const { body } = form;
  const fields = Array.isArray(body) ? body : [];
  return [
    ...listUnknownMembers(form, ['name', 'description', 'body', 'assignees', 'labels', 'title', 'type', 'projects']),
    ...(isText(form.name) ? [] : ['name is missing.']),
    ...(isText(form.description) ? [] : ['description is missing.']),
    ...(fields.some((field) => isRecord(field) && field.type !== 'markdown') ? [] : ['body has no field to fill in.']),
    ...fields.flatMap((field, index) => findFieldProblems(field).map((problem) => `body[${index}]: ${problem}`)),
    ...findDuplicates(fields.map((field) => field?.id)).map((id) => `The id ${id} occurs twice.`),
    ...findDuplicates(fields.map((field) => field?.attributes?.label)).map(
      (label) => `The label "${label}" occurs twice.`,
    ),
  ];
}

/** Returns what is wrong with the `config.yml` beside the forms. */
export function findConfigProblems(text: string): string[] {
  const config: unknown = parse(text);
  if (!isRecord(config)) return ['The configuration is no map.'];
  const links = Array.isArray(config.contact_links) ? config.contact_links : [];
  return [
    ...listUnknownMembers(config, ['blank_issues_enabled', 'contact_links']),
    ...(typeof config.blank_issues_enabled === 'boolean' ? [] : ['blank_issues_enabled must be true or false.']),
    ...links.flatMap((link, index) =>
      ['name', 'url', 'about']
        .filter((member) => !isText(link?.[member]))
        .map((member) => `contact_links[${index}]: ${member} is missing.`),
    ),
    ...links
      .filter(({ url }) => isText(url) && !/^(?:https:\/\/|mailto:)/.test(url))
      .map(({ url }) => `${url} is no absolute URL.`),
  ];
}

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  markdown: ['value'],
  input: ['label', 'description', 'placeholder', 'value'],
  textarea: ['label', 'description', 'placeholder', 'value', 'render'],
  dropdown: ['label', 'description', 'multiple', 'options', 'default'],
  checkboxes: ['label', 'description', 'options'],
  upload: ['label', 'description'],
};

function findFieldProblems(field: unknown): string[] {
  if (!isRecord(field) || !isText(field.type)) return ['type is missing.'];
  const { type, id, attributes, validations } = field;
  const known = ATTRIBUTES[type];
  if (known === undefined) return [`The type ${type} does not exist.`];
  if (!isRecord(attributes)) return ['attributes is missing.'];
  return [
    ...listUnknownMembers(
      field,
      type === 'markdown' ? ['type', 'attributes'] : ['type', 'id', 'attributes', 'validations'],
    ),
    ...listUnknownMembers(attributes, known),
    ...(id === undefined || (isText(id) && /^[\w-]+$/.test(id))
      ? []
      : [`The id ${id} may only contain letters, digits, - and _.`]),
    ...findAttributeProblems(type, attributes),
    ...(isRecord(validations) ? listUnknownMembers(validations, ['required']) : []),
    ...(isRecord(validations) && typeof validations.required !== 'boolean' ? ['required must be true or false.'] : []),
  ];
}

function findAttributeProblems(type: string, attributes: Readonly<Record<string, unknown>>): string[] {
  const required = type === 'markdown' ? 'value' : 'label';
  const texts = Object.entries(attributes).filter(([name]) => !['multiple', 'options', 'default'].includes(name));
  return [
    ...(isText(attributes[required]) ? [] : [`${required} is missing.`]),
    // YAML reads `label: Yes: no` or `placeholder: 0.1` as something else than a text.
    ...texts.filter(([, value]) => typeof value !== 'string').map(([name]) => `${name} is no text. Quote it.`),
    ...(ATTRIBUTES[type]?.includes('options') ? findOptionProblems(type, attributes.options) : []),
  ];
}

function findOptionProblems(type: string, options: unknown): string[] {
  if (!Array.isArray(options) || options.length === 0) return ['options is missing.'];
  const labels = type === 'dropdown' ? options : options.map((option) => option?.label);
  return [
    ...labels.filter((label) => !isText(label)).map((label) => `The option ${label} is no text. Quote it.`),
    // GitHub adds this option itself if a dropdown is not required.
    ...labels
      .filter((label) => isText(label) && label.toLowerCase() === 'none')
      .map(() => 'The option None is reserved.'),
    ...findDuplicates(labels).map((label) => `The option "${label}" occurs twice.`),
  ];
}

function listUnknownMembers(map: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  return Object.keys(map)
    .filter((name) => !known.includes(name))
    .map((name) => `${name} is unknown here.`);
}

function findDuplicates(values: readonly unknown[]): unknown[] {
  return values.filter((value, index) => value !== undefined && values.indexOf(value) < index);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

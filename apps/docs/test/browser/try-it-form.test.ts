import { loadDescription } from '@firstofficer/openapi';
import { expect, test } from 'vitest';
import { buildRequest, type OperationForm } from '../../src/browser/try-it/form.ts';
import { buildForms } from '../../src/site/try-it-forms.ts';
import { description, NOTES } from '../fixtures.ts';

const forms = [...buildForms(description), ...buildForms(await loadDescription(NOTES))];

function findForm(id: string): OperationForm {
  const form = forms.find((candidate) => candidate.id === id);
  if (!form) throw new Error(`There is no form for ${id}.`);
  return form;
}

function fill(form: OperationForm, values: Record<string, string> = {}, body = '') {
  const initial = Object.fromEntries(form.fields.map(({ key, initial: value }) => [key, value]));
  const mediaType = form.body?.mediaTypes[0]?.name ?? '';
  return buildRequest(form, { fields: { ...initial, ...values }, mediaType, body, prefer: '' });
}

test('a form has every parameter with its examples, also headers that are part of HTTP', () => {
  const { fields, server } = findForm('retrieveCustomer');
  expect(fields.map(({ key, isRequired }) => [key, isRequired])).toEqual([
    ['path customer', true],
    ['header If-None-Match', false],
  ]);
  expect(fields[0]?.choices).toContainEqual({ label: 'By email address', value: 'jane+billing@example.com' });
  expect(server).toBe('https://api.firstofficer.io');
});

test('there is a case for each documented status', () => {
  const { cases } = findForm('retrieveCustomer');
  expect(cases.map(({ status, means }) => [status, means])).toEqual([
    ['200', 'values'],
    ['304', 'etag'],
    ['400', 'values'],
    ['401', 'wrong-key'],
    ['404', 'values'],
    ['429', 'prefer'],
    ['503', 'prefer'],
  ]);
  expect(findForm('deleteNote').cases.map(({ status, means, values }) => [status, means, values])).toEqual([
    ['204', 'values', {}],
    ['400', 'prefer', {}],
    ['401', 'wrong-key', {}],
    ['404', 'values', { 'path note': 'note_404' }],
  ]);
});

test('values are encoded for their place, and empty ones are not sent', () => {
  const form = findForm('retrieveCustomer');
  expect(fill(form, { 'path customer': 'a b/ü?', 'header If-None-Match': '"x"' })).toEqual({
    method: 'GET',
    target: '/v2/customers/a%20b%2F%C3%BC%3F',
    headers: { 'If-None-Match': '"x"' },
    body: undefined,
  });
  expect(fill(form, { 'path customer': '\ud800' }).target).toBe('/v2/customers/%EF%BF%BD');
  expect(fill(findForm('listNotes'), { 'query limit': '', 'query starting_after': 'a&b' })).toMatchObject({
    target: '/v1/notes?starting_after=a%26b',
    headers: { 'X-Language': 'en' },
  });
});

test('a body is sent with its content type, and the form begins with its example', () => {
  const form = findForm('createNote');
  const [type] = form.body?.mediaTypes ?? [];
  expect(type?.choices).toEqual([{ label: 'created', value: '{\n  "text": "Renews in May"\n}' }]);
  expect(fill(form, {}, '{"text":"a"}')).toMatchObject({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"text":"a"}',
  });
  expect(fill(form).headers).toEqual({});
});

test.each([
  ['form', true, '["a","b c"]', 'ids=a&ids=b%20c'],
  ['form', false, '["a","b"]', 'ids=a%2Cb'],
  ['pipeDelimited', false, '["a","b"]', 'ids=a%7Cb'],
  ['deepObject', true, '{"from":1}', 'ids%5Bfrom%5D=1'],
  ['form', true, '{"from":1,"to":"x"}', 'from=1&to=x'],
  ['form', true, 'no JSON', 'ids=no%20JSON'],
])('a list or an object of the style %s (exploded: %s) becomes the query', (style, isExploded, text, query) => {
  const [field] = findForm('listNotes').fields;
  if (!field) throw new Error('The form has no field.');
  const form = {
    ...findForm('listNotes'),
    fields: [{ ...field, key: 'query ids', name: 'ids', composite: { style, isExploded } }],
  };
  expect(fill(form, { 'query ids': text }).target).toBe(`/v1/notes?${query}`);
});

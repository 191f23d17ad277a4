import type { JsonSchema } from '@firstofficer/openapi';
import type { Generation } from '../../src/generate/schema-values.ts';
import { createValidator } from '../../src/schema/validation.ts';

const room = {
  type: 'object',
  required: ['price', 'floor'],
  additionalProperties: false,
  properties: {
    price: { type: 'number', multipleOf: 0.05, minimum: 0 },
    floor: { type: 'integer' },
    name: { type: 'string' },
  },
};

const painting = {
  type: 'object',
  required: ['kind', 'width'],
  properties: { kind: { type: 'string' }, width: { type: 'number', exclusiveMinimum: 0 } },
};

const film = {
  type: 'object',
  required: ['kind', 'minutes'],
  properties: { kind: { type: 'string' }, minutes: { type: 'integer', minimum: 1, maximum: 900 } },
};

const tree = {
  type: 'object',
  required: ['v'],
  additionalProperties: false,
  properties: { v: { type: 'integer' }, kids: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
};

const DOCUMENT = { components: { schemas: { Painting: painting, Film: film, Tree: tree } } };

/** Schemas of all kinds, by name. */
export const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  'free text': { type: 'string' },
  'text with lengths': { type: 'string', minLength: 2, maxLength: 60 },
  'long text': { type: 'string', minLength: 100 },
  'a pattern': { type: 'string', pattern: '^cus_[A-Z0-9]{8}$' },
  'a pattern and a length': { type: 'string', pattern: '^[a-z]+$', maxLength: 4 },
  uuid: { type: 'string', format: 'uuid' },
  email: { type: 'string', format: 'email', maxLength: 100 },
  date: { type: 'string', format: 'date' },
  'date-time': { type: 'string', format: 'date-time' },
  time: { type: 'string', format: 'time' },
  duration: { type: 'string', format: 'duration' },
  uri: { type: 'string', format: 'uri' },
  hostname: { type: 'string', format: 'hostname' },
  ipv4: { type: 'string', format: 'ipv4' },
  ipv6: { type: 'string', format: 'ipv6' },
  byte: { type: 'string', format: 'byte' },
  'an integer': { type: 'integer', minimum: 1, maximum: 50 },
  'a nullable integer': { type: ['integer', 'null'], minimum: 1, maximum: 3 },
  'a distant integer': { type: 'integer', minimum: 1_600_000_000_000 },
  'a multiple': { type: 'integer', exclusiveMinimum: 0, multipleOf: 7 },
  'a price': { type: 'number', multipleOf: 0.05, minimum: 0, maximum: 100 },
  'an open interval': { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
  boolean: { type: 'boolean' },
  enum: { type: 'string', enum: ['red', 'green', 'blue'] },
  const: { type: 'string', const: 'v1' },
  not: { type: 'string', not: { enum: ['me'] } },
  'a list': { type: 'array', items: { type: 'string', maxLength: 12 }, minItems: 1, maxItems: 5, uniqueItems: true },
  'a list that contains': {
    type: 'array',
    items: { type: 'object', required: ['main'], properties: { main: { type: 'boolean' } } },
    contains: { properties: { main: { const: true } } },
  },
  'a tuple': { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], items: false, minItems: 2 },
  'nested objects': {
    type: 'object',
    required: ['rooms'],
    properties: {
      rooms: { type: 'array', minItems: 1, items: room },
      main: room,
      note: { type: ['string', 'null'], maxLength: 9 },
    },
  },
  'read-only members': {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string', minLength: 1 } },
  },
  'a map': { type: 'object', additionalProperties: { type: 'integer' }, propertyNames: { pattern: '^[a-z]+$' } },
  'a number of members': {
    type: 'object',
    minProperties: 1,
    maxProperties: 2,
    properties: { a: { type: 'integer' }, b: { type: 'integer' }, c: { type: 'integer' } },
    additionalProperties: false,
  },
  dependents: {
    type: 'object',
    properties: { value: { type: 'number' }, currency: { enum: ['EUR', 'USD'] } },
    dependentRequired: { value: ['currency'] },
  },
  conditions: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: ['company', 'person'] }, vat: { type: 'string' } },
    if: { properties: { kind: { const: 'company' } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
    then: { required: ['vat'] },
  },
  'composed objects': {
    allOf: [
      { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 0 } } },
      { type: 'object', required: ['b'], properties: { b: { type: 'string', maxLength: 3 } } },
    ],
    unevaluatedProperties: false,
  },
  'a discriminator': {
    oneOf: [painting, film],
    discriminator: {
      propertyName: 'kind',
      mapping: { painting: '#/components/schemas/Painting', film: '#/components/schemas/Film' },
    },
  },
  'closed branches': {
    type: 'object',
    required: ['title'],
    properties: { title: { type: 'string' } },
    unevaluatedProperties: false,
    oneOf: [
      { required: ['width'], properties: { kind: { const: 'painting' }, width: { type: 'number' } } },
      { required: ['minutes'], properties: { kind: { const: 'film' }, minutes: { type: 'integer' } } },
    ],
  },
  'alternatives of types': {
    anyOf: [{ type: 'string', format: 'date' }, { type: 'integer', minimum: 1 }, { type: 'null' }],
  },
  'a tree': { $ref: '#/components/schemas/Tree' },
};

/** Returns what generators need for bodies or for parameters. */
export function createGeneration(use: Generation['use'] = 'request'): Generation {
  return { validator: createValidator(DOCUMENT), use };
}

import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterAll, expect, test } from 'vitest';
import { send, startMockForFile } from './support.ts';

// Every style of OpenAPI in every location. A parameter is named after its style.

const INTEGERS = '{ type: array, items: { type: integer }, maxItems: 2 }';
const OBJECT = '{ type: object, required: [a], additionalProperties: false, properties: { a: { type: integer } } }';

const path = (name: string, parameter: string) =>
  `  /${name}/{${name}}: { get: { parameters: [{ name: ${name}, in: path, required: true, ${parameter} }], responses: { "204": { description: OK. } } } }`;
const list = (location: string, parameters: Readonly<Record<string, string>>) =>
  `  /${location}: { get: { parameters: [${Object.entries(parameters)
    .map(([name, parameter]) => `{ name: "${name}", in: ${location}, ${parameter} }`)
    .join(', ')}], responses: { "204": { description: OK. } } } }`;

const TEXT = `openapi: 3.1.1
info: { title: Styles, version: 1.0.0 }
paths:
${path('simple', `schema: ${INTEGERS}`)}
${path('simpleObject', `explode: true, schema: ${OBJECT}`)}
${path('label', `style: label, schema: ${INTEGERS}`)}
${path('labelExploded', `style: label, explode: true, schema: ${INTEGERS}`)}
${path('labelObject', `style: label, explode: true, schema: ${OBJECT}`)}
${path('matrix', 'style: matrix, schema: { type: integer }')}
${path('matrixList', `style: matrix, schema: ${INTEGERS}`)}
${path('matrixExploded', `style: matrix, explode: true, schema: ${INTEGERS}`)}
${path('matrixObject', `style: matrix, explode: true, schema: ${OBJECT}`)}
${list('query', {
  form: `schema: ${INTEGERS}`,
  list: `explode: false, schema: ${INTEGERS}`,
  space: `style: spaceDelimited, explode: false, schema: ${INTEGERS}`,
  pipe: `style: pipeDelimited, explode: false, schema: ${INTEGERS}`,
  deep: `style: deepObject, explode: true, schema: ${OBJECT}`,
  nested: `style: deepObject, schema: { type: object, properties: { b: { type: object, properties: { c: ${INTEGERS} } } } }`,
  pairs: `explode: false, schema: ${OBJECT}`,
  exploded: 'schema: { type: object, properties: { size: { type: integer } } }',
  json: `content: { application/json: { schema: ${OBJECT} } }`,
  'name[eq]': 'schema: { type: string, maxLength: 2 }',
  count: 'schema: { type: integer }',
  flag: 'allowEmptyValue: true, schema: { type: boolean }',
  either: 'schema: { oneOf: [{ type: integer }, { enum: [all] }] }',
})}
${list('header', {
  'X-List': `schema: ${INTEGERS}`,
  'X-Object': `explode: true, schema: ${OBJECT}`,
  'X-Pairs': `schema: ${OBJECT}`,
  'X-Json': `content: { application/json: { schema: ${OBJECT} } }`,
})}
${list('cookie', { list: `explode: false, schema: ${INTEGERS}`, isNew: 'schema: { type: boolean }' })}
`;
const folder = await createTemporaryFolder({ onTestFinished: afterAll }, { 'openapi.yaml': TEXT });
const mock = await startMockForFile({ spec: join(folder, 'openapi.yaml') });

test.each<[target: string, expected: string[], headers?: Record<string, string>]>([
  ['/simple/1,2', []],
  ['/simple/1,x', ['path.simple.1 must be integer']],
  ['/simpleObject/a=1', []],
  ['/simpleObject/a=x', ['path.simpleObject.a must be integer']],
  ['/simpleObject/b=1', ['path.simpleObject.a is required', 'path.simpleObject.b is not allowed']],
  ['/label/.1,2', []],
  ['/label/1,2', ['path.label must begin with "."']],
  ['/label/', ['path.label must begin with "."']],
  ['/labelExploded/.1.2', []],
  ['/labelExploded/.1.2.3', ['path.labelExploded must NOT have more than 2 items']],
  ['/labelObject/.a=1', []],
  ['/labelObject/.a=x', ['path.labelObject.a must be integer']],
  ['/matrix/;matrix=4', []],
  ['/matrix/;matrix=x', ['path.matrix must be integer']],
  ['/matrix/4', ['path.matrix must begin with ";matrix="']],
  ['/matrixList/;matrixList=1,2', []],
  ['/matrixExploded/;matrixExploded=1;matrixExploded=2', []],
  ['/matrixExploded/;matrixExploded=1;matrixExploded=x', ['path.matrixExploded.1 must be integer']],
  ['/matrixObject/;a=1', []],
  ['/matrixObject/;a=x', ['path.matrixObject.a must be integer']],
  ['/query', []],
  ['/query?unknown=1', []],
  ['/query?form=1', []],
  ['/query?form=1&form=2', []],
  ['/query?form=1&form=2&form=3', ['query.form must NOT have more than 2 items']],
  ['/query?form=1,2', ['query.form.0 must be integer']],
  ['/query?list=1,2', []],
  ['/query?list=1,x', ['query.list.1 must be integer']],
  ['/query?space=1%202', []],
  ['/query?space=1+x', ['query.space.1 must be integer']],
  ['/query?pipe=1%7C2', []],
  ['/query?pipe=1,2', ['query.pipe.0 must be integer']],
  ['/query?deep[a]=1', []],
  ['/query?deep[a]=x', ['query.deep.a must be integer']],
  ['/query?deep[a]=1&deep[b]=1', ['query.deep.b is not allowed']],
  ['/query?deep[__proto__]=1', ['query.deep.__proto__ is not allowed', 'query.deep.a is required']],
  ['/query?nested[b][c]=1&nested[b][c]=2', []],
  ['/query?nested[b][c][]=1&nested[b][c][]=x', ['query.nested.b.c.1 must be integer']],
  ['/query?nested[b][c][0]=1&nested[b][c][1]=x', ['query.nested.b.c.1 must be integer']],
  ['/query?pairs=a,1', []],
  ['/query?pairs=a,x', ['query.pairs.a must be integer']],
  ['/query?size=x', ['query.size must be integer']],
  ['/query?json={"a":1}', []],
  ['/query?json={"a":"x"}', ['query.json.a must be integer']],
  ['/query?json={a', ['query.json is not valid JSON']],
  ['/query?name[eq]=abc', ['query.name[eq] must NOT have more than 2 characters']],
  ['/query?count=', ['query.count must not be empty']],
  ['/query?flag', []],
  ['/query?name[eq]=', []],
  ['/query?either=all', []],
  ['/query?either=7', []],
  ['/header', []],
  ['/header', [], { 'x-list': '1, 2', 'x-object': 'a=1', 'x-pairs': 'a,1', 'x-json': '{"a":1}' }],
  ['/header', ['header.X-List.1 must be integer'], { 'X-List': '1,x' }],
  ['/header', ['header.X-Object.a must be integer'], { 'X-Object': 'a=x' }],
  ['/header', ['header.X-Pairs.a must be integer'], { 'X-Pairs': 'a,x' }],
  ['/header', ['header.X-Json.a is required'], { 'X-Json': '{}' }],
  ['/cookie', [], { Cookie: 'list=1,2; isNew=true' }],
  ['/cookie', ['cookie.isNew must be boolean', 'cookie.list.1 must be integer'], { Cookie: 'list=1,x; isNew=maybe' }],
])('%s violates %j, with the headers %j', async (target, expected, headers = {}) => {
  const { status, json } = await send(mock, target, { headers });
  const { violations = [] } = (json ?? {}) as { violations?: { location: string; message: string }[] };

  expect(violations.map(({ location, message }) => `${location} ${message}`).toSorted()).toEqual(expected);
  expect(status).toBe(expected.length === 0 ? 204 : 422);
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const RESOURCES = 71;
/** The number of operations of the large description. */
export const LARGE_OPERATIONS = RESOURCES * 5;

/** Writes a description of the size of a large API: five operations for each resource. Returns the path of the file. */
export async function createLargeDescription(directory: string): Promise<string> {
  const names = Array.from({ length: RESOURCES }, (_, index) => `Resource${index}`);
  const description = {
    openapi: '3.1.0',
    info: { title: 'A large API', version: '1.0.0' },
    paths: Object.fromEntries(names.flatMap(createPaths)),
    components: {
      schemas: { Error: createSchema('Error'), ...Object.fromEntries(names.map((name) => [name, createSchema(name)])) },
      parameters: { id: { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 50 } } },
    },
  };
  const file = join(directory, 'large.json');
  await writeFile(file, JSON.stringify(description));
  return file;
}

function createPaths(name: string): [path: string, item: object][] {
  const schema = { $ref: `#/components/schemas/${name}` };
  const createResponse = (content: object) => ({
    description: 'A response.',
    content: { 'application/json': content },
  });
  const errors = Object.fromEntries(
    ['401', '404', '422', '429'].map((status) => [
      status,
      createResponse({ schema: { $ref: '#/components/schemas/Error' } }),
    ]),
  );
  const createOperation = (verb: string, status: string, content: object) => ({
    operationId: `${verb}${name}`,
    description: `This operation does what its name says: ${verb} ${name}.`,
    responses: { [status]: createResponse(content), ...errors },
  });
  const requestBody = { required: true, content: { 'application/json': { schema } } };
  const path = `/${name.toLowerCase()}`;
  return [
    [
      path,
      {
        get: {
          ...createOperation('list', '200', { schema: { type: 'array', items: schema } }),
          parameters: ['limit', 'offset', 'sort', 'filter'].map((query) => ({
            name: query,
            in: 'query',
            schema: { type: 'string', maxLength: 100 },
          })),
        },
        post: { ...createOperation('create', '201', { schema }), requestBody },
      },
    ],
    [
      `${path}/{id}`,
      {
        parameters: [{ $ref: '#/components/parameters/id' }],
        get: createOperation('retrieve', '200', { schema }),
        put: { ...createOperation('replace', '200', { schema }), requestBody },
        delete: { operationId: `delete${name}`, responses: { '204': { description: 'It is deleted.' }, ...errors } },
      },
    ],
  ];
}

function createSchema(name: string): object {
  const types = ['string', 'integer', 'boolean', 'number'];
  const properties = Array.from({ length: 25 }, (_, index): [string, object] => [
    `${name.toLowerCase()}_member_${index}`,
    {
      type: types[index % types.length],
      description: `The member ${index} of ${name}, with a description of usual length for a member of an object.`,
    },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: properties.slice(0, 5).map(([member]) => member),
  };
}

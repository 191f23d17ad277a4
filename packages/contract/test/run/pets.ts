/** A small description. Tests override the parts they need. */
export const PETS = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1.0.0' },
  security: [{ key: [] }],
  paths: {
    '/pets/{id}': {
      get: {
        operationId: 'getPet',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string' },
            examples: { tom: { value: '7' }, none: { value: 'x' } },
          },
        ],
        responses: {
          200: {
            description: 'A pet.',
            headers: { 'X-Count': { schema: { type: 'integer' } } },
            content: {
              'application/json': {
                schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
                examples: { tom: { value: { name: 'Tom' } } },
              },
            },
          },
          '4XX': { description: 'No pet.', content: { 'application/json': { examples: { none: { value: {} } } } } },
        },
      },
    },
  },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
};

import { createRouter } from './router.ts';

/** Conforms to basics.openapi.yaml. */
export const answerBasics = createRouter({
  'GET /s': ({ query }) => ({ status: query.get('query') ? 200 : 422 }),
  'GET /c/{code}': ({ values: [code = ''] }) => ({ status: /^[a-z]+$/.test(code) ? 200 : 404 }),
  'GET /obj': () => ({ headers: { 'X-Obj': 'a,1' } }),
  'GET /int64': () => ({ headers: { 'Content-Type': 'application/json' }, body: '{"id":9007199254740993}' }),
});

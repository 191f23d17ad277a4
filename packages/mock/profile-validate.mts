import { loadDescription, hideExtensions } from '@firstofficer/openapi';
import { createLogger } from '@stoplight/prism-core';
import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http';
import * as V from '@stoplight/prism-http/dist/validator/index.js';
import * as Par from '@stoplight/prism-http/dist/validator/validators/params.js';
const validateInput = (V as any).validateInput ?? (V as any).default.validateInput;
const { document } = await loadDescription('/tmp/wt/g20/spec/openapi.yaml');
const c = structuredClone(document); hideExtensions(c);
const [resource] = (await getHttpOperationsFromSpec(c)).filter((r: any) => r.path === '/v2/customers/{customer}' && r.method === 'get');
const logger = createLogger('mock', { level: 'silent' });
const CONFIG = { isProxy: false, checkSecurity: false, validateRequest: true, validateResponse: false, errors: false, upstreamProxy: undefined, mock: { dynamic: false } } as any;
const mock = () => () => ({ _tag: 'Right', right: { statusCode: 204 } });
const today = createInstance(CONFIG, { logger, mock } as any);
const route = createInstance(CONFIG, { logger, mock, route: ({ resources }: any) => ({ _tag: 'Right', right: resources[0] }) } as any);
const all = { host: '127.0.0.1:4010', connection: 'keep-alive', authorization: `Basic ${btoa('YourTokenHere:')}` };
const input = (headers: any, i: number) => ({ method: 'get', url: { path: `/v2/customers/nobody${i}`, query: {} }, headers, body: undefined });
const lean = { ...resource, request: { path: resource.request.path } } as any;
const kinds: Record<string, (i: number) => unknown> = {
  today: (i) => today.request(input(all, i) as any, [resource])(),
  'route, lean': (i) => route.request(input({}, i) as any, [lean])(),
  'validateInput, lean': (i) => validateInput({ resource: lean, element: input({}, i) }),
  'today, no headers': (i) => today.request(input({}, i) as any, [resource])(),
  route: (i) => route.request(input(all, i) as any, [resource])(),
  'route, no headers': (i) => route.request(input({}, i) as any, [resource])(),
  validateInput: (i) => validateInput({ resource, element: input(all, i) }),
  'validateInput, no headers': (i) => validateInput({ resource, element: input({}, i) }),
};
let i = 0;
for (let round = 0; round < 3; round++) for (const [name, run] of Object.entries(kinds)) {
  const b = process.cpuUsage(); for (let k = 0; k < 20000; k++) await run(i++);
  const e = process.cpuUsage(b); console.log(round, name, ((e.user + e.system) / 20000).toFixed(2));
}
console.log(JSON.stringify(resource.request));

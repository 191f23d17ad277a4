// usage: node engine.mts unique|same N
import { loadDescription } from '@firstofficer/openapi';
import { createEngine } from '/tmp/wt/g20/packages/mock/src/engine/engine.ts';
import { createFailCounter } from '/tmp/wt/g20/packages/mock/src/engine/fail-counter.ts';
import { cacheValidation } from '/tmp/wt/g20/packages/mock/src/node/cache.ts';
import { createPrism } from '/tmp/wt/g20/packages/mock/src/node/prism.ts';
import { fileURLToPath } from 'node:url';
const d = await loadDescription('/tmp/wt/g20/spec/openapi.yaml');
const prism = await createPrism(d);
const engine = createEngine(d, { ...prism, validate: cacheValidation(prism.validate) }, { key: 'YourTokenHere', failCounter: createFailCounter() });
const headers = { host: '127.0.0.1:4010', connection: 'keep-alive', authorization: `Basic ${btoa('YourTokenHere:')}` };
let n = 0;
const run = async (mode: string, count: number) => {
  const c = process.cpuUsage(); 
  for (let i = 0; i < count; i++) {
    const r = await engine.handle({ method: 'GET', target: mode === 'same' ? '/v2/customers/cus_1234ABCD' : `/v2/customers/nobody${n++}`, headers, readBody: async () => undefined });
    if (r.status !== (mode === 'same' ? 200 : 404)) throw new Error(String(r.status));
  }
  const e = process.cpuUsage(c); return (e.user + e.system) / count;
};
const [mode = 'unique', N = '30000'] = process.argv.slice(2);
await run(mode, 15000);
for (let i = 0; i < 3; i++) console.log(mode, (await run(mode, Number(N))).toFixed(2), 'µs');

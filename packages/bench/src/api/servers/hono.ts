import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { logger } from 'hono/logger';
import { openLog } from './log.ts';
import { openLookUp } from './look-up.ts';

const { authenticate, findCustomer } = openLookUp();
const log = openLog();
const app = new Hono();

app.use(logger((line) => log.write(`${line}\n`)));
app.get('/v2/customers/:customer', async (context) => {
  const account = await authenticate(context.req.header('authorization'));
  if (account === undefined) return context.json({ error: { message: 'Invalid API key.' } }, 401);
  const customer = await findCustomer(account, context.req.param('customer'));
  if (!customer) return context.json({ error: { message: 'No such customer.' } }, 404);
  return context.json(customer);
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => console.log(`http://127.0.0.1:${port}`));

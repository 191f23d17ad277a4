import * as client from '@firstofficer/client';
import { retrieveMany } from '@firstofficer/client/retrieve-many';
import { validate } from '@firstofficer/client/validate';
import { runBehaviours } from '../behaviours.ts';

// For runtimes with a command line. Prints the results as one line of JSON.
const [, , baseUrl = '', fetchModule] = process.argv;

/** Returns the functions of the client. If a module is given, its `fetch` is the default of the option `fetch`. */
async function loadClient(): Promise<typeof client> {
  if (!fetchModule) return client;
  const module: { fetch?: client.Fetch; default: client.Fetch } = await import(fetchModule);
  const { fetch = module.default } = module;
  return { ...client, createClient: (options) => client.createClient({ fetch, ...options }) };
}

loadClient()
  .then((client) => runBehaviours({ client, validate, retrieveMany, baseUrl, isPage: false }))
  .then((results) => {
    console.log(JSON.stringify(results));
    // Some runtimes keep running because of aborted requests.
    process.exit();
  });

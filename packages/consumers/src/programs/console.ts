import * as client from '@firstofficer/client';
import { validate } from '@firstofficer/client/validate';
import { runBehaviours } from '../behaviours.ts';

// For runtimes with a command line. Prints the results as one line of JSON.
const [, , baseUrl = ''] = process.argv;
runBehaviours({ client, validate, baseUrl, isPage: false }).then((results) => {
  console.log(JSON.stringify(results));
  // Some runtimes keep running because of aborted requests.
  process.exit();
});

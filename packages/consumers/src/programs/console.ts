import * as client from '@firstofficer/client';
import { validate } from '@firstofficer/client/validate';
import { tryAll } from '../behaviours.ts';

// For what has a command line: the results are the one line that it prints.
const [, , baseUrl = ''] = process.argv;
tryAll({ client, validate, baseUrl, page: false }).then((results) => {
  console.log(JSON.stringify(results));
  // Some runtimes wait for what an aborted request has left behind.
  process.exit();
});

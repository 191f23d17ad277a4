// Starts a server and runs until it is killed. The tests check that nothing of the server remains.
import { startPostgres } from '../src/index.ts';

const starting = startPostgres();
console.log('starting');
console.log((await starting).url);

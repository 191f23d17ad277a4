// Starts a server and runs until it is killed: the tests look at what is left after that.
import { startPostgres } from '../src/index.ts';

const starting = startPostgres();
console.log('starting');
console.log((await starting).url);

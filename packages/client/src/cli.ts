import { runProgram } from './cli/program.ts';
import { GROUPS } from './generated/commands.ts';
import { OPERATIONS, SERVER_URL } from './generated/openapi.ts';

await runProgram({ groups: GROUPS, serverUrl: SERVER_URL, operations: OPERATIONS });

import { runProgram } from '../../src/cli/program.ts';
import { GROUPS } from '../generated/commands.ts';
import { OPERATIONS, SERVER_URL } from '../generated/openapi.ts';

// The command for another description. Nothing here depends on its operations.
await runProgram({ groups: GROUPS, serverUrl: SERVER_URL, operations: OPERATIONS });

import { runProgram } from '../../src/cli/program.ts';
import { GROUPS } from '../generated/deprecations/commands.ts';
import { OPERATIONS, SERVER_URL } from '../generated/deprecations/openapi.ts';

// The command for a description with deprecated operations and parameters.
await runProgram({ groups: GROUPS, serverUrl: SERVER_URL, operations: OPERATIONS });

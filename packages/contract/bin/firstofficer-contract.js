#!/usr/bin/env node
import { startCommand } from '@firstofficer/common/start-command';

await startCommand(new URL('../package.json', import.meta.url), () => import('../dist/cli.js'));

#!/usr/bin/env node
import { startCommand } from '../dist/start-command.mjs';

await startCommand(new URL('../package.json', import.meta.url), () => import('../dist/cli.mjs'));

#!/usr/bin/env node
import { checkNodeVersion } from '../dist/node-version.js';

const fault = checkNodeVersion(process.versions.node);
if (fault === undefined) await import('../dist/cli.js');
else {
  console.error(`firstofficer-api: ${fault}`);
  process.exitCode = 2;
}

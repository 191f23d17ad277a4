#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Loading Prism takes most of the time of a start. With the cache, Node compiles its modules once, not at each start.
enableCompileCache();
await import('../dist/cli.js');

import { testConfig } from '@firstofficer/testing';

export default testConfig({ globalSetup: 'test/postgres-server.ts' });

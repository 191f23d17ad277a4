import { testConfig } from '@firstofficer/testing';

export default testConfig({ forceRerunTriggers: ['**/openapi.yaml', '**/redocly.yaml', '**/redocly-plugin.ts'] });

import { testConfig } from '@firstofficer/testing';

export default testConfig();

import { testConfig } from './src/config.ts';

export default testConfig();

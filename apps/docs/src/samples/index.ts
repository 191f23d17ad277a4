export type { Sample } from './read-samples.ts';
export { readSamples } from './read-samples.ts';
export { withCodeSamples } from './with-code-samples.ts';

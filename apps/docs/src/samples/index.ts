export { readSamples } from './read-samples.ts';
export type { Sample } from './sample.ts';
export { withCodeSamples } from './with-code-samples.ts';

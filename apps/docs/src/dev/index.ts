export { SOURCES, type Sources } from '../content/read-content.ts';
export { type RunningPreview, startPreview } from './preview.ts';
export { checkSpec, type Problem } from './problems.ts';
export { watchSources } from './watch-sources.ts';

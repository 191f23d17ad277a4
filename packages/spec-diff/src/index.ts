export { compareDescriptions } from './gate/compare.ts';
export { type Change, type Comparison, maxStep, STEPS, type Step } from './gate/step.ts';

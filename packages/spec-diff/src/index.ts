export { compareDescriptions, type Descriptions } from './gate/compare.ts';
export { checkVersion, type GateOptions, type GateResult } from './gate/gate.ts';
export { type Change, type Comparison, compareSteps, maxStep, type Rating, STEPS, type Step } from './gate/step.ts';
export { explainVersion, type Versions } from './gate/version.ts';

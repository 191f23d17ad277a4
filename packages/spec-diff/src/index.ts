export { compareDescriptions, type Descriptions } from './gate/compare.ts';
export { checkVersion, type GateOptions, type GateResult } from './gate/gate.ts';
export type { Change, Comparison, Rating, Step } from './gate/step.ts';
export type { Versions } from './gate/version.ts';

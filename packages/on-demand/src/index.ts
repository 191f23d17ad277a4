export { installOnDemand } from './install.ts';
export { runPnpm } from './pnpm.ts';

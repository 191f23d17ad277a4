export { DEFAULT_TOKEN } from '../engine/token.ts';

export type { Fence } from './fence.ts';
export type { Guide } from './read-guides.ts';
export { readGuides } from './read-guides.ts';

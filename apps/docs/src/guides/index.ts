export type { Fence } from './fence.ts';
export type { Guide } from './guide.ts';
export { readGuides } from './read-guides.ts';

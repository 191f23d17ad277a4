export * from './browser.ts';
export { loadDescription } from './description.ts';
export {
  findReferenceTarget,
  listCallbacks,
  listEntries,
  listOperations,
  METHODS,
  type OperationEntry,
  resolveReference,
} from './document.ts';
export { hideExtensions, MAPS_OF_NAMES } from './extensions.ts';
export { createLocateFunction } from './location.ts';

import { loadDescription } from '@firstofficer/openapi';

/** The description that targets are held against. */
export const description = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));

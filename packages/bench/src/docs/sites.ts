import type { Site } from './site.ts';
import { elements } from './sites/elements.ts';
import { ours } from './sites/ours.ts';
import { rapidoc } from './sites/rapidoc.ts';
import { redoc, redocInline } from './sites/redoc.ts';
import { scalar } from './sites/scalar.ts';
import { swaggerUi } from './sites/swagger-ui.ts';

/** All that are measured beside one another: ours, from the folder it was built into, and the others. */
export function sites(built: string): Site[] {
  return [ours(built), redoc, redocInline, scalar, elements, rapidoc, swaggerUi];
}

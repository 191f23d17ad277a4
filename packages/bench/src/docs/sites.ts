import type { Site } from './site.ts';
import { elements } from './sites/elements.ts';
import { ours } from './sites/ours.ts';
import { rapidoc } from './sites/rapidoc.ts';
import { redoc, redocInline } from './sites/redoc.ts';
import { scalar } from './sites/scalar.ts';
import { swaggerUi } from './sites/swagger-ui.ts';

/**
 * Returns the API references to measure: ours and the others.
 *
 * @param built - The folder of our built site.
 */
export function sites(built: string): Site[] {
  return [ours(built), redoc, redocInline, scalar, elements, rapidoc, swaggerUi];
}

import type { KeyUse } from '../api-keys/authenticate.ts';
import type { Certificate } from '../server/create-server.ts';
import type { MetricValues } from '../server/monitoring.ts';
import type { Counts } from './counts.ts';

/** A message of the primary process to a worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly tls: Certificate | undefined }
  | { readonly kind: 'counts'; readonly counts: Counts }
  | { readonly kind: 'certificate'; readonly tls: Certificate }
  | { readonly kind: 'collect metrics' }
  | { readonly kind: 'stop'; readonly isImmediate: boolean };

/** A message of a worker to the primary process. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'use'; readonly use: KeyUse }
  | { readonly kind: 'counts'; readonly counts: Counts }
  | { readonly kind: 'metrics'; readonly metrics: MetricValues };

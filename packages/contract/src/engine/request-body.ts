import type { MediaType, Operation } from '@firstofficer/openapi';
import { sample } from 'openapi-sampler';
import { isJson } from './media-type.ts';

/** A body as it is sent. */
export interface SentBody {
  readonly mediaType: string;
  readonly text: string;
}

/** A JSON body that an operation takes; undefined if it takes none. */
export function shownBody({ requestBody }: Operation): SentBody | undefined {
  const [json] = Object.entries(requestBody?.content ?? {}).filter(([type]) => isJson(type));
  return json && { mediaType: json[0], text: JSON.stringify(shownValue(json[1])) };
}

function shownValue({ example, examples = {}, schema = {} }: MediaType): unknown {
  return example ?? Object.values(examples)[0]?.value ?? sample(schema, { quiet: true, skipReadOnly: true });
}

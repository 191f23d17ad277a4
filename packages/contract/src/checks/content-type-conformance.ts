import type { Check } from '../engine/check.ts';
import { documentedBody } from '../engine/media-type.ts';
import { hasBody } from '../engine/operation-exchange.ts';
import { truncate } from '../engine/show.ts';
import { headerOf } from '../http/exchange.ts';

export const contentTypeConformance: Check = {
  name: 'content_type_conformance',
  severity: 'error',
  rationale: 'A body has a documented content type, and a response without a documented body has none.',
  checkResponse(exchange) {
    const { documented, body, text, status } = exchange;
    if (!documented || !hasBody(exchange)) return [];
    const { response } = documented;
    const types = Object.keys(response.content ?? {});
    if (types.length === 0) {
      return body.length === 0
        ? []
        : [{ expected: `no body with ${status}`, actual: `a body: ${truncate(text)}`, specRef: [response] }];
    }
    if (documentedBody(exchange)) return [];
    return [
      {
        expected: `content type ${types.join(', ')} with ${status}`,
        actual: headerOf(exchange, 'content-type') ?? 'no content type',
        specRef: [response, 'content'],
      },
    ];
  },
};

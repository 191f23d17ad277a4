import { getHeader, getMediaType, removeParameters } from '../http/exchange.ts';
import { findDocumentedBody, hasBody } from '../request/operation-exchange.ts';
import { truncate } from '../schema/json.ts';
import type { Check } from './check.ts';

export const contentTypeConformance: Check = {
  name: 'content_type_conformance',
  severity: 'error',
  basis: 'description',
  rationale: 'A body has a documented content type, and a response without a documented body has no body.',
  checkResponse(exchange) {
    const { documented, body, text, status } = exchange;
    if (!documented || !hasBody(exchange)) return [];
    const { response } = documented;
    const types = Object.keys(response.content ?? {});
    if (types.length === 0) {
      if (body.length === 0) return [];
      // Without `content`, a description says nothing about the body.
      const basis = 'profile';
      return [{ expected: `no body with ${status}`, actual: `a body: ${truncate(text)}`, specRef: [response], basis }];
    }
    if (findDocumentedBody(exchange)) return [];
    // A client that asks for another type may get it.
    const accept = exchange.request.headers.find(([name]) => name === 'Accept')?.[1] ?? '';
    const isAskedFor = accept.split(',').map(removeParameters).includes(getMediaType(exchange));
    return [
      {
        expected: `content type ${types.join(', ')} with ${status}`,
        actual: getHeader(exchange, 'content-type') ?? 'no content type',
        specRef: [response, 'content'],
        ...(isAskedFor && { basis: 'profile' as const }),
      },
    ];
  },
};

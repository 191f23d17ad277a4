import { authorizedBy, type FaultGroup, type FaultyServer, foundBy, retrieve, UNKNOWN } from '../fault.ts';
import type { Message } from '../server/steps.ts';
import { changeMessages, hasStatus, withBody, withHeaders, withoutHeaders } from '../variants.ts';

/** Returns a server that sends another Content-Type, or several or none, with some messages. */
function types(value: string | string[] | undefined, isAffected: (message: Message) => boolean = () => true) {
  const variant = changeMessages(isAffected, (message) =>
    value === undefined ? withoutHeaders(message, 'content-type') : withHeaders(message, { 'Content-Type': value }),
  );
  return { variant };
}

/** Returns a server that changes its messages if Accept matches. */
function negotiates(accept: string, wanted: RegExp, change: (message: Message) => Message): FaultyServer {
  return {
    variant: changeMessages((_, { headers }) => wanted.test(headers.accept ?? ''), change),
    triggeredBy: retrieve(undefined, { headers: { Accept: accept } }),
  };
}

const HTML = '<!DOCTYPE html><title>Customer</title>';
const XML = '<?xml version="1.0"?><customer/>';

const isError = ({ status }: Message) => status >= 400;

export const contentTypes: FaultGroup = {
  name: 'content type',
  faults: [
    ...foundBy('content_type_conformance', {
      'omits Content-Type': types(undefined),
      'sends an empty Content-Type': types(''),
      'sends Content-Type: text/html': types('text/html; charset=utf-8'),
      'sends Content-Type: text/plain': types('text/plain'),
      'sends Content-Type: text/json': types('text/json'),
      'sends Content-Type: text/javascript': types('text/javascript'),
      'sends Content-Type: application/octet-stream': types('application/octet-stream'),
      'sends Content-Type: application/vnd.api+json': types('application/vnd.api+json'),
      'sends Content-Type: application/hal+json': types('application/hal+json'),
      'sends Content-Type: application/jsonp': types('application/jsonp'),
      'sends Content-Type: json': types('json'),
      'sends Content-Type: application/*': types('application/*'),
      'sends a Content-Type that begins with the charset': types('charset=utf-8; application/json'),
      'sends two media types in one Content-Type': types('application/json, text/html'),
      'sends two Content-Type headers': types(['text/html', 'application/json']),
      'sends errors as application/problem+json': {
        ...types('application/problem+json', isError),
        triggeredBy: UNKNOWN,
      },
      'sends a 401 as text/plain': { ...types('text/plain', hasStatus(401)), triggeredBy: authorizedBy('Basic') },
      'omits Content-Type from errors': { ...types(undefined, isError), triggeredBy: UNKNOWN },
    }),
    ...foundBy('json_encoding', {
      'sends UTF-8 with charset=utf-16': types('application/json; charset=utf-16'),
      'sends UTF-8 with charset=iso-8859-1': types('application/json; charset=iso-8859-1'),
    }),
    ...foundBy('accept_independence', {
      'sends HTML to browsers': negotiates('text/html,*/*;q=0.8', /text\/html/, (message) =>
        withBody(message, HTML, { 'Content-Type': 'text/html' }),
      ),
      'answers Accept: application/xml with XML': negotiates('application/xml', /application\/xml/, (message) =>
        withBody(message, XML, { 'Content-Type': 'application/xml' }),
      ),
      'answers Accept: text/plain with text': negotiates('text/plain', /text\/plain/, (message) =>
        withBody(message, 'cus', { 'Content-Type': 'text/plain' }),
      ),
      'answers 406 to Accept: application/xml': negotiates('application/xml', /application\/xml/, (message) => ({
        ...message,
        status: 406,
      })),
      'answers 406 to Accept: application/problem+json': negotiates(
        'application/problem+json',
        /problem/,
        (message) => ({ ...message, status: 406 }),
      ),
      'answers 500 to an invalid Accept header': negotiates('*', /^\*$/, (message) => ({ ...message, status: 500 })),
    }),
  ],
};

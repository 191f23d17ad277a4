import { createHash } from 'node:crypto';
import { type FaultGroup, type FaultyServer, foundBy } from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import type { Message, Request, Variant } from '../server/steps.ts';
import { addHeaders, changeMessages, isSuccess, withHeaders } from '../variants.ts';
import { formatWithBody } from './http-message.ts';

/** How a server answers conditional requests. */
interface Conditions {
  /** Returns the ETag of a success. Default: a hash of its body. */
  readonly getEtag?: (message: Message, request: Request) => string;
  /** Returns whether a request gets a 304. Default: if `If-None-Match` contains the ETag. */
  readonly isUnchanged?: (known: string, etag: string, request: Request) => boolean;
  /** Returns the 304. Default: the ETag without a body. */
  readonly notModify?: (message: Message) => Message;
}

const hashBody = ({ bytes }: Message) => `"${createHash('sha1').update(bytes).digest('hex')}"`;

/** Returns a server that sends ETags, and answers 304 to conditional requests. */
export function answersConditions({
  getEtag = hashBody,
  isUnchanged = (known, etag) => known.includes(etag.replace(/^W\//, '')),
  notModify = ({ headers: { ETag = '' } }) => ({ status: 304, headers: { ETag }, bytes: Buffer.alloc(0) }),
}: Conditions = {}): Variant {
  return changeMessages(
    ({ status }) => isSuccess({ status }),
    (message, request) => {
      const etag = getEtag(message, request);
      const tagged = withHeaders(message, { ETag: etag });
      const known = request.headers['if-none-match'];
      return known !== undefined && isUnchanged(known, etag, request) ? notModify(tagged) : tagged;
    },
  );
}

const answers = (conditions: Conditions): FaultyServer => ({ variant: answersConditions(conditions) });

/** Returns whether the server has sent an ETag before, for any customer. */
const hasSent = (known: string, etag: string, { state: { seen } }: Request) => {
  const isKnown = seen.has(known);
  seen.add(etag);
  return isKnown;
};

/** Sends a 304 with its body. Node would omit it. */
const sendsBody: Variant = {
  ...answersConditions({ notModify: (message) => ({ ...message, status: 304 }) }),
  send(message, response) {
    if (message.status === 304) response.socket?.write(formatWithBody(message), 'latin1');
    else CORRECT.send(message, response);
  },
};

export const conditionalRequests: FaultGroup = {
  name: 'conditional requests',
  faults: [
    ...foundBy('conditional_requests', {
      'sends a body with a 304': { variant: sendsBody },
      'answers 304 to the ETag of another customer': answers({ isUnchanged: hasSent }),
      'answers 304 to any ETag': answers({ isUnchanged: () => true }),
      'answers 200 to the current ETag': answers({ isUnchanged: () => false }),
      'sends ETags without quotation marks': answers({ getEtag: (message) => hashBody(message).slice(1, -1) }),
      'omits the ETag from a 304': answers({
        notModify: () => ({ status: 304, headers: {}, bytes: Buffer.alloc(0) }),
      }),
      'sends another ETag with a 304': answers({
        notModify: () => ({ status: 304, headers: { ETag: '"other"' }, bytes: Buffer.alloc(0) }),
      }),
      'answers 304 without a key': {
        variant: {
          // The cache in front of the server does not look at the key.
          changeMessage(message, request) {
            const { status, headers, bytes } = message;
            const known = request.headers['if-none-match'];
            if (status === 401 && request.state.seen.has(known))
              return { status: 304, headers: { ETag: known ?? '' }, bytes: Buffer.alloc(0) };
            const etag = hashBody({ status, headers, bytes });
            if (status === 200) request.state.seen.add(etag);
            return status === 200 ? withHeaders(message, { ETag: etag }) : message;
          },
        },
      },
    }),
    ...foundBy('unique_request_ids', {
      'sends the same request ID with every response': { variant: addHeaders({ 'X-Request-Id': 'req_1' }) },
      'derives the request ID from the path': {
        variant: addHeaders(({ path }) => ({ 'X-Request-Id': `req_${path.length}` })),
      },
    }),
  ],
};

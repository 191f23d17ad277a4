import { asObject, type Operation } from '@firstofficer/openapi';
import { isSkipped } from '../../generate/base-data.ts';
import { isReadOnly } from '../../generate/schema-values.ts';
import { listSchemas } from '../../lists/property.ts';
import { serializeBody } from '../../request/body.ts';
import type { OperationExchange } from '../../request/operation-exchange.ts';
import type { RequestParts } from '../../request/operation-request.ts';
import { isObject, preview } from '../../schema/json.ts';
import type { Resource } from '../../state/resources.ts';
import type { CheckContext, Violation } from '../check.ts';
import { readObject } from './own-objects.ts';

/** A body with read-only members, which a server must ignore or reject. */
interface ReadOnlyBody {
  readonly body: NonNullable<RequestParts['body']>;
  /** The read-only members that the body has. */
  readonly members: Readonly<Record<string, string>>;
}

// Servers do not choose these values by chance.
const VALUES: Readonly<Record<string, string>> = {
  uuid: '5b0c3c3e-6f0a-4b6e-9d54-0f7c2ad1e9b1',
  'date-time': '2001-02-03T04:05:06Z',
};

/** Returns the usual body of an operation with values of its read-only members, or undefined if it has none. */
export function createReadOnlyBody(operation: Operation, context: CheckContext): ReadOnlyBody | undefined {
  const usual = context.base.bodyFor(operation);
  if (isSkipped(usual) || !isObject(usual.value)) return undefined;
  const { mediaType, media } = usual;
  const described = listSchemas(context.description.document, media.schema).flatMap(({ properties }) =>
    Object.entries(asObject(properties)),
  );
  const members = described.flatMap(([name, schema]): [string, string][] => {
    const value = VALUES[String(asObject(schema).format)];
    return value !== undefined && isReadOnly(asObject(schema)) ? [[name, value]] : [];
  });
  const value = { ...usual.value, ...Object.fromEntries(members) };
  const isValid = context.validator.validateRequest(media.schema ?? {}, value, 'body').length === 0;
  if (members.length === 0 || !isValid) return undefined;
  return { body: serializeBody(mediaType, media, value), members: Object.fromEntries(members) };
}

/** Returns a violation for each read-only member that has the value which a request sent. */
export function findTakenOver(exchange: OperationExchange, resource: Resource, { members }: ReadOnlyBody): Violation[] {
  const found = readObject(exchange, resource, members);
  return Object.entries(members).flatMap(([name, value]): Violation[] => {
    const received = found?.value[name];
    if (typeof received !== 'string' || !isSame(received, value)) return [];
    return [
      {
        expected: `body/${name} as the server sets it, because the member is read-only`,
        actual: `the value that the request sent: ${preview(received)}`,
        specRef: [asObject(asObject(found?.schema.properties)[name] ?? exchange.operation.definition)],
      },
    ];
  });
}

function isSame(received: string, sent: string): boolean {
  return received.toLowerCase() === sent || (sent.endsWith('Z') && Date.parse(received) === Date.parse(sent));
}

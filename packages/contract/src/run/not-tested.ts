import type { Description } from '@firstofficer/openapi';

/**
 * Returns what a description describes and the tests send no requests to, such as `the webhook petBorn`.
 *
 * @param tested - The description without excluded operations.
 */
export function listNotTested(whole: Description, tested: Pick<Description, 'operations'>): string[] {
  const excluded = whole.operations.filter((operation) => !tested.operations.includes(operation));
  const withCallbacks = tested.operations.filter(({ hasCallbacks }) => hasCallbacks);
  return [
    ...excluded.map(({ id }) => `${id}, which is excluded`),
    // The API sends these requests to its clients.
    ...whole.webhooks.map((name) => `the webhook ${name}`),
    ...withCallbacks.map(({ id }) => `the callbacks of ${id}`),
    ...tested.operations.flatMap(({ id, parameters }) =>
      parameters
        .filter(({ in: place }) => place === 'querystring')
        .map(({ content = {} }) => `the query string of ${id} in the format ${Object.keys(content).join(' or ')}`),
    ),
  ];
}

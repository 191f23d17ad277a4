/** An error response, with the text and members that Stripe sends. */
export class StripeResponseError extends Error {
  override readonly name = 'StripeResponseError';
  readonly status: number;
  readonly details: { readonly code?: string; readonly param?: string };

  constructor(status: number, message: string, details: { readonly code?: string; readonly param?: string } = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

/** Returns the body of an error response. */
export function formatError({ status, message, details }: StripeResponseError): string {
  const type = status >= 500 ? 'api_error' : 'invalid_request_error';
  return JSON.stringify({ error: { ...details, message, type } }, null, 2);
}

/** The response to a parameter that the endpoint does not have. */
export function unknownParameter(param: string): StripeResponseError {
  return new StripeResponseError(400, `Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
}

/** The response to an ID that does not exist: 404 in a path, and 400 in a parameter. */
export function resourceMissing(status: 400 | 404, type: string, missing: { id: string; param: string }) {
  const { id, param } = missing;
  return new StripeResponseError(status, `No such ${type}: '${id}'`, { code: 'resource_missing', param });
}

import type { Validate } from './options.ts';

type Validator = ((body: unknown) => boolean) & {
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
};

/** Validators by `operationId` and status. The validator of a documented response without a JSON body is `undefined`. */
export type Validators = Readonly<Record<string, Readonly<Record<string, Validator | undefined>>>>;

/** Creates a function that checks responses with generated validators. */
export function createValidate(validators: Validators): Validate<string, readonly string[]> {
  return (operation, status, body) => {
    const responses = validators[operation] ?? {};
    // An exact status takes precedence over its class, and the class over the default (OpenAPI, Responses Object).
    const documented = [status, `${Math.floor(status / 100)}XX`, 'default'].find((key) =>
      Object.hasOwn(responses, key),
    );
    if (documented === undefined) return [`status ${status} is not documented`];
    const validator = responses[documented];
    if (!validator || validator(body)) return [];
    return (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
  };
}

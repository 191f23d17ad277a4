import {
  base64,
  base64InShell,
  type CredentialForm,
  type Credentials,
  createHeaderCredentials,
  KEY_IN_SHELL,
  listCredentialForms,
} from '../request/credentials.ts';
import { type Check, isMethodAllowed, type Severity, type TestCase } from './check.ts';
import { createSameResponseCase } from './compare.ts';

interface Spelling {
  readonly name: string;
  readonly form: CredentialForm;
  readonly severity: Severity;
  readonly credentials: Credentials;
}

export const acceptedAuth: Check = {
  name: 'accepted_auth',
  severity: 'error',
  basis: 'description',
  rationale: 'The right key is accepted in every documented form. Scheme names are case-insensitive (RFC 9110, 11.1).',
  testCases(operation, context) {
    const { token } = context.target;
    if (token === undefined || !isMethodAllowed(context, operation.method)) return [];
    const forms = listCredentialForms(operation);
    const rightKeys = forms.map((form): Spelling => {
      const credentials = form.write(token, KEY_IN_SHELL);
      return { name: `${form.scheme}: the right key`, form, severity: 'error', credentials };
    });
    const [first, ...others] = [...rightKeys, ...forms.flatMap((form) => listOtherSpellings(form, token))];
    if (!first) return [];
    const same = others.map(({ name, form, severity, credentials }) =>
      createSameResponseCase(name, {
        reference: { credentials: first.credentials },
        other: { credentials },
        wanted: `the same response as with ${first.form.scheme}`,
        specRef: [form.definition],
        severity,
      }),
    );
    // Unsafe operations may answer differently each time.
    return operation.method === 'GET'
      ? [createAcceptedCase(first), ...same]
      : [first, ...others].map(createAcceptedCase);
  },
};

function createAcceptedCase({ name, form, severity, credentials }: Spelling): TestCase {
  return {
    name,
    async run(session) {
      const exchange = await session.send({ credentials });
      const { status, operation } = exchange;
      if (status !== 401 && status !== 403) return;
      const expected = 'a status other than 401 and 403';
      const specRef = [form.definition] as const;
      // If the description documents both, 403 may mean that the owner of the key lacks a permission.
      const isForbidden = status === 403 && operation.responses['401'] && operation.responses['403'];
      const basis = isForbidden ? 'profile' : acceptedAuth.basis;
      session.report(exchange, { expected, actual: `status ${status}`, specRef, severity, basis });
    },
  };
}

/** Returns the right key with other spellings of the scheme's name. */
function listOtherSpellings(form: CredentialForm, key: string): Spelling[] {
  const { scheme: formName, definition } = form;
  if (definition.type === 'http' && definition.scheme?.toLowerCase() === 'basic') {
    return ['basic', 'BASIC'].map((scheme) => ({
      name: `${formName}: the scheme written ${scheme}`,
      form,
      severity: 'error',
      credentials: createHeaderCredentials({
        name: 'Authorization',
        value: `${scheme} ${base64(`${key}:`)}`,
        shell: `${scheme} ${base64InShell(`${KEY_IN_SHELL}:`)}`,
        secret: key,
      }),
    }));
  }
  if (definition.type !== 'apiKey' || definition.name?.toLowerCase() !== 'authorization') return [];
  return [
    {
      name: `${formName}: the scheme written token`,
      form,
      // The description gives the whole header value, so it does not require the server to accept other spellings.
      severity: 'note',
      credentials: createHeaderCredentials({
        name: 'Authorization',
        value: `token token="${key}"`,
        shell: `token token=\\"${KEY_IN_SHELL}\\"`,
        secret: key,
      }),
    },
  ];
}

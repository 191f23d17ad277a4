import { isSafeMethod } from '../http/exchange.ts';
import {
  base64,
  base64InShell,
  type CredentialForm,
  type Credentials,
  createHeaderCredentials,
  isBasic,
  listCredentialForms,
  listJointCredentials,
  listSecrets,
  toUserinfo,
  writeRightKey,
} from '../request/credentials.ts';
import { type Check, isMethodAllowed, type Severity, type TestCase, type Violation } from './check.ts';
import { createSameResponseCase } from './compare.ts';

interface Spelling {
  readonly name: string;
  /** The names of the security schemes. */
  readonly schemes: string;
  /** The value of the key, if there is only one. */
  readonly key?: string | undefined;
  readonly specRef: Violation['specRef'];
  readonly severity: Severity;
  readonly credentials: Credentials;
}

export const acceptedAuth: Check = {
  name: 'accepted_auth',
  severity: 'error',
  basis: 'description',
  needs: 'a security scheme of which the target has the key',
  rationale: 'The right key is accepted in every documented form. Scheme names are case-insensitive (RFC 9110, 11.1).',
  testCases(operation, context) {
    if (!isMethodAllowed(context, operation.method)) return [];
    const forms = listCredentialForms(operation, context.target);
    const rightKeys = forms.flatMap((form): Spelling[] => {
      const credentials = writeRightKey(form);
      return credentials ? [{ ...describeForm(form, 'the right key'), credentials }] : [];
    });
    const joint = listJointCredentials(operation, context.target).map((credentials): Spelling => {
      const schemes = credentials.schemes.join(' and ');
      const specRef = [operation.definition, 'security'] as const;
      return { name: `${schemes}: the right keys`, schemes, specRef, severity: 'error', credentials };
    });
    // Unsafe operations may answer differently each time, and may create or change an object.
    if (!isSafeMethod(operation.method)) return [...rightKeys, ...joint].map(createAcceptedCase);
    const [first, ...others] = rightKeys;
    return [
      ...(first ? [createAcceptedCase(first)] : []),
      // Other keys may have other permissions.
      ...others.map((other) =>
        first && other.key === first.key ? createSameCase(other, first) : createAcceptedCase(other),
      ),
      ...joint.map(createAcceptedCase),
      ...forms.flatMap((form) => {
        const right = rightKeys.find(({ schemes }) => schemes === form.scheme);
        return right ? listOtherSpellings(form).map((spelling) => createSameCase(spelling, right)) : [];
      }),
    ];
  },
};

function createSameCase({ name, specRef, severity, credentials }: Spelling, reference: Spelling): TestCase {
  return createSameResponseCase(name, {
    reference: { credentials: reference.credentials },
    other: { credentials },
    wanted: `the same response as with ${reference.schemes}`,
    specRef,
    severity,
  });
}

function createAcceptedCase({ name, specRef, severity, credentials }: Spelling): TestCase {
  return {
    name,
    async run(session) {
      const exchange = await session.send({ credentials });
      const { status, operation } = exchange;
      if (status !== 401 && status !== 403) return;
      const expected = 'a status other than 401 and 403';
      // If the description documents both, 403 may mean that the owner of the key lacks a permission.
      const isForbidden = status === 403 && operation.responses['401'] && operation.responses['403'];
      const basis = isForbidden ? 'profile' : acceptedAuth.basis;
      session.report(exchange, { expected, actual: `status ${status}`, specRef, severity, basis });
    },
  };
}

/** Returns the right key with other spellings of the scheme's name. */
function listOtherSpellings(form: CredentialForm): Spelling[] {
  const { definition, key } = form;
  if (!key) return [];
  const { value, variable } = key;
  if (isBasic(definition)) {
    const userinfo = base64(toUserinfo(value));
    const shell = base64InShell(toUserinfo(value) === value ? `$${variable}` : `$${variable}:`);
    return ['basic', 'BASIC'].map((name) => respell(form, name, [userinfo, shell]));
  }
  if (definition.type === 'apiKey') {
    if (!form.hasTokenSyntax) return [];
    // The description gives the whole header value, so it does not require the server to accept other spellings.
    return [{ ...respell(form, 'token', [`token="${value}"`, `token=\\"$${variable}\\"`]), severity: 'note' }];
  }
  return ['bearer', 'BEARER'].map((name) => respell(form, name, [value, `$${variable}`]));
}

/**
 * Returns credentials in Authorization with a given spelling of the scheme's name.
 *
 * @param credentials - What follows the name, and the same as written in a double-quoted shell string.
 */
function respell(form: CredentialForm, name: string, [value, shell]: readonly [string, string]): Spelling {
  const written = { name: 'Authorization', value: `${name} ${value}`, shell: `${name} ${shell}` };
  return {
    ...describeForm(form, `the scheme written ${name}`),
    credentials: {
      ...createHeaderCredentials({ ...written, secret: value }),
      secrets: listSecrets(form.definition, form.key?.value ?? ''),
    },
  };
}

function describeForm({ scheme, definition, key }: CredentialForm, what: string): Omit<Spelling, 'credentials'> {
  return { name: `${scheme}: ${what}`, schemes: scheme, key: key?.value, specRef: [definition], severity: 'error' };
}

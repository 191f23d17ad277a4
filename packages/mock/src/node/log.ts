import type { ReceivedRequest } from '../engine/received.ts';

/**
 * Formats a request for the log, in one line: method, path, status, duration, operation, parameters, and what is special
 * about it. `disconnected` means that the client did not wait for the response.
 *
 * Control characters are escaped, so that a client cannot change what the terminal shows.
 */
export function formatRequest(request: ReceivedRequest): string {
  const { method, path, status, dropped, milliseconds = 0, operation, parameters, isScenario, violations } = request;
  const parts = [
    method,
    path,
    status ?? '-',
    `${milliseconds}ms`,
    ...(operation === undefined ? [] : [operation]),
    ...(Object.keys(parameters).length === 0 ? [] : [JSON.stringify(parameters)]),
    ...(isScenario ? ['scenario'] : []),
    ...(dropped === undefined ? [] : [`dropped=${dropped}`]),
    ...(status === undefined && dropped === undefined ? ['disconnected'] : []),
    ...violations.map((violation) => `(${violation})`),
  ];
  return escapeControlCharacters(parts.join(' '));
}

function escapeControlCharacters(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

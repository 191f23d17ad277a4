import type { ReceivedRequest } from '../engine/received.ts';

/**
 * Formats a request for the log, in one line: method, path, status, duration, operation, and what is special about it.
 * Control characters are escaped, so that a client cannot write to the terminal.
 */
export function formatRequest(request: ReceivedRequest): string {
  const { method, path, status, dropped, milliseconds, operation, isScenario, violations } = request;
  const parts = [
    method,
    path,
    status ?? '-',
    `${milliseconds ?? 0}ms`,
    operation ?? 'unknown',
    ...(isScenario ? ['scenario'] : []),
    ...(dropped === undefined ? [] : [`dropped=${dropped}`]),
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

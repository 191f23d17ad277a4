import { truncate } from '../schema/json.ts';
import type { Check, Violation } from './check.ts';

// Texts that only the internals of a server produce. They are specific enough not to occur in other messages.
const TRACES: Readonly<Record<string, RegExp>> = {
  'a JavaScript stack trace':
    /\bat [\w.<>$ ]+ \((<anonymous>|native)\)|\bat (async )?[\w.<>$[\] ]*\(?(node:|file:|\/|[A-Za-z]:\\)[^\s()]*:\d+:\d+\)?/,
  'a Ruby backtrace': /[\w/.-]+\.rb:\d+:in [`']/,
  'a Python traceback': /Traceback \(most recent call last\)|File "[^"]+", line \d+/,
  'a Java or Kotlin stack trace':
    /\bat [\w.$]+\([\w$]+\.(java|kt):\d+\)|\b(java|javax|org\.springframework)\.[\w.]+(Exception|Error)\b/,
  'a .NET stack trace': /\bat [\w.<>]+\(.*\) in .+:line \d+|\bSystem\.\w+Exception\b/,
  'a PHP error': /\.php:\d+\b|\b(Fatal error|Warning|Notice): .+ in .+\.php on line \d+|#\d+ .+\.php\(\d+\)/,
  'a Go panic': /\bgoroutine \d+ \[|panic: runtime error/,
  'a database error':
    /\bSQLSTATE\b|\bPG::\w+Error|\bsyntax error at or near\b|\bORA-\d{5}\b|\bSQLITE_\w+|\bYou have an error in your SQL syntax\b|\bActiveRecord::\w+|\bSequelize\w*Error\b/,
  'an address in an internal network':
    /\b(10\.\d{1,3}|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}:\d+\b|\bECONNREFUSED\b/,
  'an SQL statement': /\bSELECT\b[\s\S]{1,200}\bFROM\b[\s\S]{1,200}\bWHERE\b/,
};

export const informationDisclosure: Check = {
  name: 'information_disclosure',
  severity: 'error',
  basis: 'rfc',
  rationale: 'No response discloses internals of the server: stack traces and queries help attackers (CWE-209).',
  checkResponse({ text, operation, headers, status }) {
    // JSON escapes the line breaks of a message.
    const lines = text.replaceAll(/\\[nrt]/g, '\n');
    const texts = [lines, ...headers.map(([, value]) => value)].join('\n');
    return Object.entries(TRACES).flatMap(([what, pattern]) => {
      const found = pattern.exec(texts)?.[0];
      if (found === undefined) return [];
      const expected = `no response with ${what}`;
      return [
        { expected, actual: truncate(found), specRef: [operation.definition, 'responses'], ...findBasis(status) },
      ];
    });
  },
};

/** Returns the basis of a violation: the data of a success may be about such things, the text of an error may not. */
export function findBasis(status: number): Pick<Violation, 'basis'> {
  return status < 400 ? { basis: 'profile' } : {};
}

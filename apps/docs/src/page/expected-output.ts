import { isJson } from '../json.ts';
import type { Code } from './code.ts';

/** A comment of a sample with a line that it prints, such as `#=> {` or `//=> 69900`. */
const COMMENT = /^(?:#|\/\/)=> ?/;

/**
 * Splits a sample into its code and what the code prints. The output is in comments at the end of a sample; comments
 * between other lines stay in the code.
 *
 * @example
 * splitExpectedOutput('puts 1\n#=> 1'); // { code: 'puts 1', output: { code: '1', lang: 'json' } }
 */
export function splitExpectedOutput(source: string): { readonly code: string; readonly output?: Code } {
  const lines = source.split('\n');
  const last = lines.findLastIndex((line) => !COMMENT.test(line));
  const code = lines
    .slice(0, last + 1)
    .join('\n')
    .trimEnd();
  const printed = lines
    .slice(last + 1)
    .map((line) => line.replace(COMMENT, ''))
    .join('\n');
  // A sample whose output also stands between its lines is easier to read as a whole.
  if (printed === '' || lines.slice(0, last).some((line) => COMMENT.test(line))) return { code: source };
  return { code, output: { code: printed, lang: isJson(printed) ? 'json' : 'text' } };
}

/** A language of code samples that readers choose between. */
export interface Language {
  /** The value of `data-language`, such as `typescript`. */
  readonly id: string;
  /** The name that readers see. */
  readonly label: string;
  /** The name that fences and highlight.js use. */
  readonly lang: string;
  /** The file of a sample in this language. */
  readonly file: string;
  /** Other names of the language, in lowercase. */
  readonly aliases: readonly string[];
}

/**
 * The languages in the order in which they are shown. The first one is shown until the reader chooses another.
 *
 * @example
 * LANGUAGES.map(({ label }) => label); // ['cURL', 'TypeScript', 'Ruby', 'Python']
 */
export const LANGUAGES: readonly Language[] = [
  { id: 'curl', label: 'cURL', lang: 'sh', file: 'curl.sh', aliases: ['bash', 'shell'] },
  { id: 'typescript', label: 'TypeScript', lang: 'ts', file: 'typescript.ts', aliases: [] },
  { id: 'ruby', label: 'Ruby', lang: 'ruby', file: 'ruby.rb', aliases: ['rb'] },
  { id: 'python', label: 'Python', lang: 'python', file: 'python.py', aliases: ['py'] },
];

/**
 * Returns a language by its ID or by another name of it, in any letter case. Returns undefined if readers cannot choose
 * the language.
 *
 * @example
 * findLanguage('Shell')?.id; // 'curl'
 */
export function findLanguage(name: string): Language | undefined {
  const wanted = name.toLowerCase();
  return LANGUAGES.find(({ id, lang, aliases }) => id === wanted || lang === wanted || aliases.includes(wanted));
}

// In the order in which readers meet them.

/** What samples show, by the names of their folders. The happy path needs no more of a label than its language. */
export const TOPICS: Readonly<Record<string, string>> = {
  retrieve: '',
  'lost-customer': 'a lost customer',
  errors: 'errors',
};

/** The languages of samples, by the names of their files. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  'curl.sh': 'cURL',
  'typescript.ts': 'TypeScript',
  'ruby.rb': 'Ruby',
  'python.py': 'Python',
};

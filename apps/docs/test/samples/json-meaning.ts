/** What a text means if it is JSON, of whose layout the API promises nothing; else the text itself. */
export function jsonMeaning(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

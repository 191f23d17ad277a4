/** Returns the parsed text if it is JSON, else the text. The layout of JSON is not part of the API. */
export function jsonMeaning(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

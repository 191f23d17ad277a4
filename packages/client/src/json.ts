/** The value of a JSON text; undefined if it is none. What the parser says of it would repeat a customer's figures. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

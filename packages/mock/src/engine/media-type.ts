/** Returns the media type without its parameters, in lowercase. */
export function readEssence(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

/** Returns whether bodies of a media type are a JSON value, such as `application/json` or `application/problem+json`. */
export function isJsonType(mediaType: string): boolean {
  return /[/+]json$/.test(readEssence(mediaType));
}

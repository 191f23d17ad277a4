export function isJson(mediaType: string): boolean {
  return /^application\/json$|\+json$/.test(essenceOf(mediaType));
}

/** A media type without its parameters, in lower case. */
export function essenceOf(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

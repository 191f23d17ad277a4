export function isJson(mediaType: string): boolean {
  return /^application\/json$|\+json$/.test(essenceOf(mediaType));
}

/** Returns a media type in lower case without its parameters. */
export function essenceOf(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

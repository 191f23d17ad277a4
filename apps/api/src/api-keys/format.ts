import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
// The prefix lets secret scanners recognize a leaked key.
const PREFIX = 'fo_';
const ID_LENGTH = 10;
// 24 characters of an alphabet of 62 have 142 random bits.
const SECRET_LENGTH = 24;
const CHECKSUM_LENGTH = 6;
const PATTERN = new RegExp(`^${PREFIX}([0-9A-Za-z]{${ID_LENGTH}})[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

/** Generates a key: prefix, ID, secret and checksum. Its characters need no escaping in URLs, shells or headers. */
export function generateKey(): { key: string; id: string } {
  const id = generateText(ID_LENGTH);
  const body = `${PREFIX}${id}${generateText(SECRET_LENGTH)}`;
  return { key: body + computeChecksum(body), id };
}

/** Returns the ID in a key, or undefined if the format or the checksum is wrong. */
export function parseKeyId(key: string): string | undefined {
  const id = PATTERN.exec(key)?.[1];
  const end = key.length - CHECKSUM_LENGTH;
  return id !== undefined && computeChecksum(key.slice(0, end)) === key.slice(end) ? id : undefined;
}

function generateText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

function computeChecksum(text: string): string {
  let remaining = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET[remaining % ALPHABET.length] + digits;
    remaining = Math.floor(remaining / ALPHABET.length);
  }
  return digits;
}

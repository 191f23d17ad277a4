import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
// The prefix lets secret scanners recognize a leaked key.
const PREFIX = 'fo_';
const ID_LENGTH = 10;
// 62^24 is above 2^142.
const SECRET_LENGTH = 24;
const CHECKSUM_LENGTH = 6;
const PATTERN = new RegExp(`^${PREFIX}([0-9A-Za-z]{${ID_LENGTH}})[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

/** Generates a key of prefix, ID, secret and checksum. Its 43 characters need no escaping in URLs, shells or headers. */
export function generateKey(): { key: string; id: string } {
  const id = randomText(ID_LENGTH);
  const body = `${PREFIX}${id}${randomText(SECRET_LENGTH)}`;
  return { key: body + checksum(body), id };
}

/** Returns the ID in a key, or undefined if the format or the checksum is wrong. Such a key needs no database query. */
export function parseKeyId(key: string): string | undefined {
  const id = PATTERN.exec(key)?.[1];
  const end = key.length - CHECKSUM_LENGTH;
  return id !== undefined && checksum(key.slice(0, end)) === key.slice(end) ? id : undefined;
}

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

function checksum(text: string): string {
  let remaining = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET[remaining % ALPHABET.length] + digits;
    remaining = Math.floor(remaining / ALPHABET.length);
  }
  return digits;
}

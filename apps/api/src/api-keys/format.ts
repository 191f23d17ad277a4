import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
// So that scanners for leaked secrets know one when they see it.
const PREFIX = 'fo_';
const ID_LENGTH = 10;
// 62^24 is above 2^142.
const SECRET_LENGTH = 24;
const CHECKSUM_LENGTH = 6;
const FORM = new RegExp(`^${PREFIX}([0-9A-Za-z]{${ID_LENGTH}})[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

/** A new key: prefix, ID, secret and checksum, 43 characters that need no escaping anywhere. */
export function generateKey(): { key: string; id: string } {
  const id = random(ID_LENGTH);
  const body = `${PREFIX}${id}${random(SECRET_LENGTH)}`;
  return { key: body + checksum(body), id };
}

/** The ID in a key; undefined if it is mistyped or no key at all, which the database need not be asked about. */
export function parseKeyId(key: string): string | undefined {
  const id = FORM.exec(key)?.[1];
  const end = key.length - CHECKSUM_LENGTH;
  return id !== undefined && checksum(key.slice(0, end)) === key.slice(end) ? id : undefined;
}

function random(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}

import fc, { type Arbitrary } from 'fast-check';

/** Values of one format. */
export interface Format {
  /** Returns an ordinary value. For dates, each number gives a later one. */
  plain(number: number): string;
  random(): Arbitrary<string>;
  /** Further valid values that some servers refuse, by name. */
  readonly unusual?: Readonly<Record<string, string>>;
  /** Values that every implementation of the format must refuse, by name. */
  readonly invalid: Readonly<Record<string, string>>;
  /** Invalid values that servers may accept, because regular expressions cannot detect them. */
  readonly disputed?: Readonly<Record<string, string>>;
}

// Most APIs want dates in the near future, such as those of a booking.
const FIRST_DATE = Date.UTC(2030, 4, 13);
const DAY_MS = 86_400_000;

function formatDay(number: number): string {
  return new Date(FIRST_DATE + number * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The formats of text for which values are generated. The invalid values are grossly wrong: implementations of a format
 * differ in whether they accept less common spellings, such as `a@b..c` as an email address.
 */
export const FORMATS: Readonly<Record<string, Format>> = {
  uuid: {
    plain: () => '6f1d7c52-0a3b-4c8e-9f10-2b7a5e1c0d01',
    random: () => fc.uuid(),
    invalid: {
      'one digit too few': '6f1d7c52-0a3b-4c8e-9f10-2b7a5e1c0d0',
      'a letter beyond f': '6f1d7c52-0a3b-4c8e-9f10-2b7a5e1c0dzz',
    },
  },
  email: {
    plain: () => 'jane@example.com',
    random: () => fc.emailAddress(),
    unusual: { 'a plus': 'jane+more@example.com' },
    invalid: { 'no @': 'jane.example.com', 'no domain': 'jane@' },
  },
  uri: {
    plain: () => 'https://example.com/',
    random: () => fc.tuple(createWords(), createWords()).map(([host, path]) => `https://${host}.example.com/${path}`),
    unusual: { 'a query and a fragment': 'https://example.com/a/b?c=d&e=%20f#g' },
    invalid: { 'no scheme': 'not a URI' },
  },
  'uri-reference': {
    plain: () => '/a',
    random: () => createWords().map((path) => `/${path}`),
    invalid: { 'a space and a backslash': 'not \\ a URI' },
  },
  hostname: {
    plain: () => 'www.example.com',
    random: () => fc.domain(),
    invalid: { 'a space': 'not a hostname' },
  },
  ipv4: {
    plain: () => '192.0.2.1',
    random: () => fc.ipV4(),
    invalid: { '256': '256.1.1.1', 'three numbers': '192.0.2' },
  },
  ipv6: {
    plain: () => '2001:db8::1',
    random: () => fc.ipV6(),
    invalid: { 'a letter beyond f': '2001:db8::g', 'no colon': '2001' },
  },
  date: {
    plain: formatDay,
    random: () => createDates().map((date) => date.toISOString().slice(0, 10)),
    unusual: { 'a leap day': '2032-02-29' },
    invalid: {
      'a day that does not exist': '2030-02-30',
      'a month that does not exist': '2030-13-01',
      'no hyphens': '20300513',
      'a time after the date': '2030-05-13T12:00:00Z',
      'a word': 'tomorrow',
    },
  },
  'date-time': {
    plain: (number) => `${formatDay(number)}T12:00:00Z`,
    random: () => createDates().map((date) => date.toISOString()),
    unusual: { 'a time zone': '2032-02-29T23:59:59+05:30', milliseconds: '2030-05-13T12:00:00.123Z' },
    invalid: { 'only a date': '2030-05-13', 'no time zone': '2030-05-13T12:00:00', 'a word': 'tomorrow' },
    disputed: { 'a day that does not exist': '2030-02-30T12:00:00Z' },
  },
  time: {
    plain: () => '12:00:00Z',
    random: () => createDates().map((date) => date.toISOString().slice(11)),
    invalid: { 'an hour that does not exist': '25:00:00Z', 'a word': 'noon' },
  },
  duration: {
    plain: () => 'P1D',
    random: () =>
      fc.integer({ min: 1, max: 999 }).chain((n) => fc.constantFrom(`P${n}D`, `PT${n}H`, `P${n}W`, `P1DT${n}S`)),
    invalid: { 'only P': 'P', 'a word': 'day' },
  },
  byte: {
    plain: () => 'aGVsbG8=',
    random: () => fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    invalid: { 'an asterisk': '*not base64*' },
  },
};

/** Generates short words. The URLs of fast-check take a tenth of a second to initialize. */
function createWords(): Arbitrary<string> {
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789');
  return fc.array(letter, { minLength: 1, maxLength: 12 }).map((letters) => letters.join(''));
}

function createDates(): Arbitrary<Date> {
  return fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
}

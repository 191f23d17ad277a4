/**
 * A time in UTC, with or without the year 2026: `01-31`, `01-31T12:00`, `2027-01-31T23:59:59`.
 */
export type Time = string;

/** Returns the seconds since 1970 of a time. */
export function toSeconds(time: Time): number {
  const date = /^\d{4}-/.test(time) ? time : `2026-${time}`;
  const milliseconds = Date.parse(date.includes('T') ? `${date}Z` : date);
  if (Number.isNaN(milliseconds)) throw new Error(`${time} is not a time.`);
  return milliseconds / 1000;
}

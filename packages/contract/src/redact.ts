import { Writable } from 'node:stream';

/** What stands in reports where a key would. */
const REDACTED = '$FIRSTOFFICER_TOKEN';

// A shorter key guards nothing, and replacing it would garble the words it is part of.
const SHORTEST_SECRET = 8;

/** Replaces a key, however it is written: a server may send back what it was sent. */
export function redact(text: string, key: string): string {
  if (key.length < SHORTEST_SECRET) return text;
  const forms = [
    Buffer.from(`${key}:`).toString('base64'),
    Buffer.from(key).toString('base64'),
    JSON.stringify(key).slice(1, -1),
    encodeURIComponent(key),
    key,
  ];
  return forms.reduce((redacted, form) => redacted.replaceAll(form, REDACTED), text);
}

/** A stream that passes on what it is given, but for the key. */
export function redacting(output: NodeJS.WriteStream, key: string): Writable {
  // Vitest takes over the output's own write while it draws in a terminal: this is the way past it.
  const write = output.write.bind(output);
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _, done) => {
      write(redact(String(chunk), key));
      // At once, so that output and errors come in the order in which they were written.
      done();
    },
  });
  // Vitest asks the terminal for these.
  return Object.assign(stream, { isTTY: output.isTTY, columns: output.columns });
}

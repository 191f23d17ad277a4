/**
 * The script by which Redoc's pages choose light or dark before anything is shown: for the page that Redoc does not
 * render.
 *
 * @throws Error if there is none: then Redoc has changed.
 * @example
 * const script = colorModeScript(reference.render('/'));
 */
export function colorModeScript(body: string): string {
  const [script] = /<script>[^<]*colorMode[^<]*<\/script>/.exec(body) ?? [];
  if (script === undefined) throw new Error("Redoc's pages have no script that chooses the colour mode any more.");
  return script;
}

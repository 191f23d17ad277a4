/** The styles for light and dark mode, print, and narrow screens. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fff, #14171a);
  --raised: light-dark(#f6f7f8, #1d2125);
  --line: light-dark(#dcdfe3, #343a40);
  --text: light-dark(#1b1f24, #e6e8ea);
  --quiet: light-dark(#57606a, #a3abb3);
  --good: light-dark(#14693a, #6cd495);
  --bad: light-dark(#b3231a, #ff9288);
  --care: light-dark(#7a5200, #e9bd5b);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 64rem;
  padding: 2.5rem 1.5rem 4rem;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.55 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, dl, dd, pre, table { margin: 0; }
h1 { font-size: 1.75rem; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
h2 { margin: 3rem 0 1rem; padding-bottom: 0.4rem; border-bottom: 1px solid var(--line); font-size: 1.25rem; }
h3 { margin-top: 2rem; font-size: 1.0625rem; }
h4 { margin-bottom: 0.6rem; font-size: 1rem; }
code, pre, .mono { font-family: var(--mono); font-size: 0.9em; }
pre code { font-size: 1em; }
h3 code, h4 code { font-size: 1em; }
.quiet { color: var(--quiet); }
.subject { margin-bottom: 0.5rem; color: var(--quiet); }
.verdict { padding-left: 1rem; border-left: 0.3rem solid var(--care); }
.passed { border-color: var(--good); }
.failed { border-color: var(--bad); }
.stopped { margin-top: 0.5rem; color: var(--care); }
.figures { display: flex; flex-wrap: wrap; gap: 1rem 2.25rem; margin-top: 1.75rem; }
.figures dt, .finding dt { color: var(--quiet); font-size: 0.875rem; }
.figures dd { font-variant-numeric: tabular-nums; }
.tag { font-size: 0.875rem; font-weight: 600; }
.error, .failed { color: var(--bad); }
.note, .never { color: var(--care); }
.passed { color: var(--good); }
.skipped { color: var(--quiet); }
.finding {
  margin-top: 1rem;
  padding: 1rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--raised);
  break-inside: avoid;
}
.finding dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3rem 1.25rem; }
.finding dt { line-height: 1.55rem; }
.finding dd { max-height: 15rem; overflow: auto; white-space: pre-wrap; }
pre {
  margin-top: 0.9rem;
  padding: 0.7rem 0.9rem;
  border: 1px solid var(--line);
  border-radius: 0.35rem;
  background: var(--ground);
  white-space: pre-wrap;
  user-select: all;
}
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
th, td { padding: 0.55rem 1rem 0.55rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-size: 0.875rem; font-weight: 500; }
tbody th { font-weight: 600; }
tbody th span { display: block; color: var(--quiet); font-weight: 400; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
tr { break-inside: avoid; }
.items { display: flex; flex-wrap: wrap; gap: 0.3rem 1.25rem; margin: 0; padding: 0; list-style: none; }
.coverage th:first-child { width: 11rem; }
footer { margin-top: 3rem; font-size: 0.875rem; }
.coverage + h3 { margin-top: 2.5rem; }
@media (max-width: 40rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.375rem; }
  .finding { padding: 0.9rem 1rem; }
  .finding dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .finding dd + dt { margin-top: 0.4rem; }
  .figures { display: grid; grid-template-columns: 1fr 1fr; }
  .stack thead { position: absolute; clip-path: inset(50%); }
  .stack tr { display: block; padding: 0.7rem 0; border-bottom: 1px solid var(--line); }
  .stack th, .stack td { padding: 0; border: 0; }
  .stack tbody th { display: block; width: auto; }
  .stack td { display: inline-block; margin-right: 0.9rem; }
  .stack .number { text-align: left; }
  .stack [data-label]::before { content: attr(data-label) ' '; color: var(--quiet); }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 0.75rem; }
  .finding dd { max-height: none; }
}
`;

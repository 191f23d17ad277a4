import { createHash } from 'node:crypto';
import { Markup, markup } from '@firstofficer/common/markup';
import type { CheckResult, Finding, OperationCoverage, RunReport } from '../run/report.ts';
import { listCoverageKinds, listNeverOccurred } from './coverage.ts';
import { escapeUnprintable, mapStrings } from './escape.ts';
import {
  computeFigures,
  formatCount,
  formatDuration,
  formatNotTested,
  formatNumber,
  formatRate,
  formatStopReason,
  formatUnreached,
  formatUnreachedSummary,
  formatVerdict,
} from './figures.ts';
import { type FindingGroup, formatLocation, formatTimes, groupFindings } from './findings.ts';
import { STYLE } from './html-style.ts';

// Prevents that text from the server runs a script or loads a resource.
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Formats a report as one HTML page without scripts and without external resources. */
export function formatHtml(report: RunReport): string {
  const shown = mapStrings(report, escapeUnprintable);
  const groups = groupFindings(shown);
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${formatVerdict(shown)}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${renderHeader(shown)}
<main>
${renderFindings('Errors', 'error', groups)}
${renderFindings('Notes', 'note', groups)}
${renderChecks(shown.checks)}
${renderCoverage(shown.coverage)}
${renderNotTested(shown)}</main>
<footer class="quiet">${shown.tool.name} ${shown.tool.version}</footer>
</body>
</html>
`.text;
}

function renderNotTested(report: RunReport): Markup {
  const notTested = formatNotTested(report);
  return notTested === undefined ? markup`` : markup`<p class="quiet">${notTested}</p>\n`;
}

function renderHeader(report: RunReport): Markup {
  const { spec, startedAt, durationMs, requests, seed, verdict } = report;
  const { checks, failed, skipped, notes, requestsPerSecond } = computeFigures(report);
  const stopped = formatStopReason(report);
  const unreached = formatUnreachedSummary(report);
  const figures = [
    ['Checks', formatNumber(checks)],
    ['Failed', formatNumber(failed)],
    ...(skipped > 0 ? [['Skipped', formatNumber(skipped)]] : []),
    ['Notes', formatNumber(notes)],
    ['Requests', `${formatNumber(requests)} (${formatRate(requestsPerSecond)})`],
    ['Took', formatDuration(durationMs)],
    ['Started', startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')],
    ['Seed', String(seed)],
  ];
  return markup`<header>
<p class="subject">${spec.title} ${spec.version}, as described in <code>${spec.file}</code></p>
<div class="verdict ${verdict}">
<h1>${formatVerdict(report)}</h1>
${stopped && markup`<p class="stopped">${stopped}</p>`}
${
  unreached &&
  markup`<p class="stopped">${unreached}</p>
<ul>
${report.unreached.map((operation) => markup`<li>${formatUnreached(operation)}</li>\n`)}</ul>`
}
</div>
<dl class="figures">
${figures.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
</header>`;
}

function renderFindings(title: string, severity: string, all: readonly FindingGroup[]): Markup | undefined {
  const groups = all.filter((group) => group.severity === severity);
  if (groups.length === 0) return undefined;
  return markup`<section aria-labelledby="${severity}s">
<h2 id="${severity}s">${title}</h2>
${groups.map(renderGroup)}</section>`;
}

function renderGroup({ check, severity, rationale, findings }: FindingGroup): Markup {
  return markup`<h3><span class="tag ${severity}">${severity}</span> <code>${check}</code></h3>
<p class="quiet">${rationale}</p>
${findings.map(renderFinding)}`;
}

function renderFinding(finding: Finding): Markup {
  return markup`<article class="finding">
<h4><code>${finding.operation}</code>, ${formatTimes(finding.times)}</h4>
<dl>
<dt>Test case</dt><dd>${finding.testCase}</dd>
<dt>Expected</dt><dd>${finding.expected}</dd>
<dt>Required by</dt><dd class="mono quiet">${formatLocation(finding.spec)}</dd>
<dt>Received</dt><dd>${finding.actual}</dd>
</dl>
<pre><code>${finding.curl}</code></pre>
</article>
`;
}

function renderChecks(checks: readonly CheckResult[]): Markup {
  return markup`<section aria-labelledby="checks">
<h2 id="checks">Checks</h2>
<table class="stack">
<thead><tr>
<th scope="col">Check</th>
<th scope="col">Operation</th>
<th scope="col">Result</th>
<th scope="col" class="number">Exchanges</th>
<th scope="col" class="number">Time</th>
</tr></thead>
<tbody>
${checks.map(renderCheckRow)}</tbody>
</table>
</section>`;
}

function renderCheckRow(result: CheckResult): Markup {
  const { check, rationale, operation, status, findings, exchanges, durationMs, reason } = result;
  const notes = findings.filter(({ severity }) => severity === 'note').length;
  return markup`<tr>
<th scope="row"><code>${check}</code><span>${rationale}</span></th>
<td><code>${operation}</code></td>
<td><span class="${status}">${status}</span>${reason && markup`: ${reason}`}${notes > 0 ? markup`, <span class="note">${formatCount(notes, 'note')}</span>` : undefined}</td>
<td class="number" data-label="Exchanges">${formatNumber(exchanges)}</td>
<td class="number" data-label="Time">${formatDuration(durationMs)}</td>
</tr>
`;
}

function renderCoverage(coverage: readonly OperationCoverage[]): Markup {
  return markup`<section aria-labelledby="coverage">
<h2 id="coverage">Coverage</h2>
${coverage.map(renderOperationCoverage)}</section>`;
}

function renderOperationCoverage(operation: OperationCoverage): Markup {
  const never = listNeverOccurred(operation);
  return markup`<h3><code>${operation.operation}</code></h3>
<p class="quiet"><code>${operation.method} ${operation.path}</code>, ${formatCount(operation.requests, 'request')}</p>
<p>Never occurred: ${never.length > 0 ? markup`<span class="never">${never.join(', ')}</span>` : 'nothing that is documented'}</p>
<table class="stack coverage">
<thead><tr><th scope="col">Documented</th><th scope="col">How often it occurred</th></tr></thead>
<tbody>
${listCoverageKinds(operation).map(
  ({ many, items }) => markup`<tr><th scope="row">${many}</th><td><ul class="items">
${items.map(({ name, times }) =>
  times > 0
    ? markup`<li><code>${name}</code> ${formatTimes(times)}</li>\n`
    : markup`<li class="never"><code>${name}</code> never</li>\n`,
)}</ul></td></tr>
`,
)}</tbody>
</table>
`;
}

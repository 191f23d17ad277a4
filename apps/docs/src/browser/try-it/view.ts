import { create } from './dom.ts';
import { createFigure } from './figure.ts';
import { formatJson } from './json.ts';
import type { Outcome, ReceivedResponse } from './send.ts';

/** Where a response comes from. */
interface Source {
  /** For example `in this page`. */
  readonly place: string;
  /** What the request had besides the values of the form. */
  readonly notes: readonly string[];
}

/** The part of the panel that shows the outcome of a request. */
export interface OutcomeView {
  readonly element: HTMLElement;
  showWaiting(): void;
  show(outcome: Outcome, source?: Source): void;
  /** Marks the outcome, if there is one, as that of an earlier request: the form has changed since. */
  markAsEarlier(): void;
}

/** Creates the view of the outcome. It shows nothing until the first request. */
export function createOutcomeView(): OutcomeView {
  const status = create('div', { class: 'try-status', role: 'status' });
  const details = create('div', { class: 'try-response' });
  const element = create('div', { class: 'try-result' }, status, details);
  return {
    element,
    showWaiting() {
      element.classList.add('try-earlier');
      status.replaceChildren(create('span', { class: 'try-note' }, 'Waiting for the response…'));
      status.scrollIntoView({ block: 'nearest' });
    },
    show(outcome, { place, notes } = { place: '', notes: [] }) {
      element.classList.remove('try-earlier');
      if ('status' in outcome) {
        status.replaceChildren(...renderStatus(outcome, place));
        details.replaceChildren(...notes.map(renderNote), renderBody(outcome), renderHeaders(outcome));
      } else {
        status.replaceChildren(create('strong', { class: 'try-problem' }, outcome.message));
        const items = outcome.hints.map((hint) => create('li', {}, hint));
        details.replaceChildren(...(items.length > 0 ? [create('ul', { class: 'try-hints' }, ...items)] : []));
      }
      status.scrollIntoView({ block: 'nearest' });
    },
    markAsEarlier() {
      if (status.childElementCount === 0 || element.classList.contains('try-earlier')) return;
      element.classList.add('try-earlier');
      status.append(create('span', { class: 'try-note' }, 'For the earlier request. Send again to update it.'));
    },
  };
}

function renderStatus({ status, words, milliseconds, body }: ReceivedResponse, place: string): HTMLElement[] {
  const size = new TextEncoder().encode(body).length;
  const time = milliseconds < 10 ? Math.max(milliseconds, 0.1).toFixed(1) : milliseconds.toFixed(0);
  const facts = [`${Number(time)} ms`, `${size.toLocaleString('en')} ${size === 1 ? 'byte' : 'bytes'}`, place];
  return [
    create('span', { class: `status status-${String(status)[0]}` }, String(status)),
    create('strong', {}, words),
    create('span', { class: 'try-note' }, facts.join(' · ')),
  ];
}

function renderNote(text: string): HTMLElement {
  return create('p', { class: 'try-note' }, text);
}

function renderBody({ body }: ReceivedResponse): HTMLElement {
  if (body === '') return renderNote('The response has no body.');
  const tokens = formatJson(body).map(({ text, className }) =>
    className ? create('span', { class: className }, text) : text,
  );
  return createFigure('Body', tokens);
}

function renderHeaders({ headers }: ReceivedResponse): HTMLElement {
  const rows = headers.map(([name, value]) =>
    create('tr', {}, create('th', { scope: 'row' }, name), create('td', {}, create('code', {}, value))),
  );
  const summary = create('summary', {}, headers.length === 1 ? '1 header' : `${headers.length} headers`);
  return create(
    'details',
    { class: 'try-headers', open: true },
    summary,
    create('table', {}, create('tbody', {}, ...rows)),
  );
}

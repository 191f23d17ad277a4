import { forms } from 'try-it:forms';
import { createBodyFields } from './body-fields.ts';
import { createCases, toCode } from './cases.ts';
import { create } from './dom.ts';
import { createField } from './fields.ts';
import { buildRequest, type Case, type FormValues, type OperationForm } from './form.ts';
import { hideKey } from './key.ts';
import { type Outcome, type SendOptions, send, WRONG_KEY } from './send.ts';
import { createServerFields } from './server-fields.ts';
import { createSnippetsView } from './snippets-view.ts';
import { createOutcomeView } from './view.ts';

/** An open panel. */
interface Panel {
  /** Fills in one parameter. Sends the request unless it would go to a server. */
  tryValue(parameter: string, value: string): void;
  focus(): void;
}

/** What a request has besides the values of the form. */
interface Extras {
  /** The value of the header `Prefer`. Empty for none. */
  readonly prefer?: string;
  readonly hasWrongKey?: boolean;
}

const panels = new WeakMap<Element, Panel>();

/**
 * Opens Try it in place of the samples of an operation.
 *
 * @param button - The button of an operation, with `data-try-it`, or of an example, with `data-parameter` and
 * `data-value`. It gets the focus back when the panel closes.
 * @example
 * openTryIt(event.target);
 */
export function openTryIt(button: HTMLElement): void {
  const { parameter, value = '' } = button.dataset;
  const opener = button.matches('[data-try-it]') ? button : findOpener(button);
  const form = forms.find(({ id }) => id === opener?.dataset.tryIt);
  const samples = opener?.closest<HTMLElement>('.samples');
  if (!form || !samples) return;
  const panel = panels.get(samples) ?? createPanel(form, { samples, button });
  panels.set(samples, panel);
  if (parameter === undefined) panel.focus();
  else panel.tryValue(parameter, value);
}

/** Returns the button of the operation on the page of an example. One file may contain several pages. */
function findOpener(button: HTMLElement): HTMLElement | undefined {
  for (let parent = button.parentElement; parent; parent = parent.parentElement) {
    const opener = parent.querySelector<HTMLElement>('[data-try-it]');
    if (opener) return opener;
  }
  return undefined;
}

function createPanel(
  form: OperationForm,
  { samples, button }: { readonly samples: HTMLElement; readonly button: HTMLElement },
): Panel {
  const heading = create('h2', { class: 'try-title', tabindex: '-1' }, 'Try it');
  if (form.isDeprecated) heading.append(' ', create('span', { class: 'deprecated' }, 'deprecated'));
  const close = create('button', { type: 'button', class: 'try-button' }, 'Close');
  const head = create('div', { class: 'try-head' }, heading, close);
  const target = create('code');
  const useETag = create('button', { type: 'button', class: 'try-button', disabled: true }, 'Use last ETag');
  const fields = new Map(
    form.fields.map((field) => [field.key, createField(field, isIfNoneMatch(field.name) ? [useETag] : [])]),
  );
  const body = createBodyFields(form);
  const server = createServerFields(form);
  const sendButton = create('button', { type: 'button', class: 'try-send' }, 'Send');
  const view = createOutcomeView();
  const snippets = createSnippetsView();
  const state = { etag: '', changes: 0, running: new AbortController() };

  const element = create(
    'section',
    { class: 'try-panel', 'aria-label': 'Try it' },
    head,
    create('div', { class: 'try-target' }, create('span', { class: 'method' }, form.method), target),
    create(
      'div',
      { class: 'try-form' },
      server.element,
      ...[...fields.values()].map((control) => control.element),
      ...body.elements,
      sendButton,
      createCases(form, (chosen) => void tryCase(chosen)),
    ),
    view.element,
    snippets.element,
  );

  function readValues(): FormValues {
    const values = Object.fromEntries([...fields].map(([key, control]) => [key, control.read()]));
    return { fields: values, ...body.read(), prefer: '' };
  }

  function showRequest({ prefer = '', hasWrongKey = false }: Extras = {}): void {
    const request = buildRequest(form, { ...readValues(), prefer });
    const checked = server.read();
    const url = ('server' in checked && checked.server) || form.server;
    target.textContent = request.target;
    const wrongKey = hasWrongKey ? WRONG_KEY : undefined;
    snippets.show({ ...request, server: url, security: form.security, variable: form.keyVariable, wrongKey });
  }

  async function run({ prefer = '', hasWrongKey = false }: Extras = {}): Promise<Outcome | undefined> {
    state.running.abort();
    const running = new AbortController();
    state.running = running;
    const checked = server.read();
    if ('message' in checked) {
      view.show(checked);
      return checked;
    }
    showRequest({ prefer, hasWrongKey });
    view.showWaiting();
    const { changes } = state;
    const options: SendOptions = {
      ...checked,
      hasWrongKey,
      security: form.security,
      signal: running.signal,
    };
    try {
      const outcome = await send(buildRequest(form, { ...readValues(), prefer }), options);
      if (running.signal.aborted) return undefined;
      const place = checked.server === undefined ? 'in this page' : 'from your server';
      const notes = [
        ...(prefer === '' ? [] : [`Asked for with the header “Prefer: ${prefer}”, which only the mock understands.`]),
        ...(hasWrongKey ? [`Sent with the wrong key “${WRONG_KEY}”.`] : []),
      ];
      view.show(redact(outcome, checked.key), { place, notes });
      if (state.changes !== changes) view.markAsEarlier();
      rememberETag(outcome);
      return outcome;
    } catch (error) {
      if (running.signal.aborted) return undefined;
      throw error;
    }
  }

  function rememberETag(outcome: Outcome): void {
    const etag = findETag(outcome);
    if (etag === undefined) return;
    state.etag = etag;
    useETag.disabled = false;
  }

  function writeETag(etag: string): void {
    for (const { key, name } of form.fields) if (isIfNoneMatch(name)) fields.get(key)?.write(etag);
  }

  async function tryCase({ status, means, values }: Case): Promise<void> {
    for (const { key, initial } of form.fields) fields.get(key)?.write(values[key] ?? initial);
    if (means === 'etag') await tryETag();
    else await run({ prefer: means === 'prefer' ? `code=${toCode(status)}` : '', hasWrongKey: means === 'wrong-key' });
  }

  /** Sends the request twice: the second time with the ETag of the first response. */
  async function tryETag(): Promise<void> {
    writeETag('');
    const outcome = await run();
    if (!outcome || !('status' in outcome)) return;
    const etag = findETag(outcome);
    if (etag === undefined) {
      // A server's 401, for example, says what is wrong. Only a success should have an ETag.
      if (outcome.status < 300) view.show(describeMissingETag(server.isChosen()));
      return;
    }
    writeETag(etag);
    await run();
  }

  function closePanel(): void {
    state.running.abort();
    server.forgetKey();
    element.remove();
    samples.hidden = false;
    panels.delete(samples);
    removeEventListener('pagehide', server.forgetKey);
    button.focus();
  }

  close.addEventListener('click', closePanel);
  sendButton.addEventListener('click', () => void run());
  useETag.addEventListener('click', () => {
    writeETag(state.etag);
    sendButton.focus();
  });
  element.addEventListener('input', () => {
    state.changes += 1;
    view.markAsEarlier();
    showRequest();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.isComposing) void run();
    if (event.key === 'Escape') closePanel();
  });
  addEventListener('pagehide', server.forgetKey);
  samples.after(element);
  samples.hidden = true;
  showRequest();

  function scrollToTop(): void {
    element.scrollIntoView({ block: 'nearest' });
    // A panel that is taller than the window may already fill it, with its top above.
    head.scrollIntoView({ block: 'nearest' });
  }

  return {
    focus() {
      heading.focus({ preventScroll: true });
      scrollToTop();
    },
    tryValue(parameter, value) {
      for (const { key, name, initial } of form.fields) fields.get(key)?.write(name === parameter ? value : initial);
      sendButton.focus({ preventScroll: true });
      scrollToTop();
      if (!server.isChosen()) void run();
    },
  };
}

function isIfNoneMatch(name: string): boolean {
  return name.toLowerCase() === 'if-none-match';
}

function findETag(outcome: Outcome): string | undefined {
  if (!('status' in outcome)) return undefined;
  return outcome.headers.find(([name]) => name.toLowerCase() === 'etag')?.[1];
}

function describeMissingETag(isFromServer: boolean): Outcome {
  const hint = 'A server must send ETag, and “Access-Control-Expose-Headers: ETag”, which lets pages read it.';
  return { message: 'The response has no ETag that this page can read.', hints: isFromServer ? [hint] : [] };
}

/** Replaces the key in an outcome: a server may repeat it. */
function redact(outcome: Outcome, key: string): Outcome {
  if (!('status' in outcome)) return outcome;
  const hide = (text: string) => hideKey(text, key);
  return { ...outcome, body: hide(outcome.body), headers: outcome.headers.map(([name, value]) => [name, hide(value)]) };
}

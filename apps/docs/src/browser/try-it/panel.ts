import { forms } from 'try-it:forms';
import { create } from './dom.ts';
import { type Control, createBodyControl, createControl, createField, createId, setTextAttributes } from './fields.ts';
import { buildRequest, type Case, type FormValues, type OperationForm } from './form.ts';
import { hideKey } from './key.ts';
import { type Outcome, type SendOptions, send } from './send.ts';
import { checkServerUrl } from './server-url.ts';
import { createSnippetsView } from './snippets-view.ts';
import { createOutcomeView } from './view.ts';

const DEFAULT_SERVER = 'http://127.0.0.1:4010';

/** An open panel. */
interface Panel {
  /** Fills in one parameter. Sends the request unless it would go to a server. */
  tryValue(parameter: string, value: string): void;
  focus(): void;
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
  const close = create('button', { type: 'button', class: 'try-button' }, 'Close');
  const target = create('code');
  const useETag = create('button', { type: 'button', class: 'try-button', disabled: true }, 'Last ETag');
  const fields = new Map(
    form.fields.map((field) => [
      field.key,
      createField(field, field.name.toLowerCase() === 'if-none-match' ? [useETag] : []),
    ]),
  );
  const body = createBodyFields(form);
  const prefer = createPrefer();
  const server = createServerFields(form);
  const sendButton = create('button', { type: 'button', class: 'try-send' }, 'Send');
  const view = createOutcomeView();
  const snippets = createSnippetsView();
  const state = { etag: '', hasWrongKey: false, running: new AbortController() };

  const element = create(
    'section',
    { class: 'try-panel', 'aria-label': 'Try it' },
    create('div', { class: 'try-head' }, heading, close),
    create('div', { class: 'try-target' }, create('span', { class: 'method' }, form.method), target),
    create(
      'div',
      { class: 'try-form' },
      server.element,
      ...[...fields.values()].map((control) => control.element),
      ...body.elements,
      prefer.element,
      createCases(form, (chosen) => void tryCase(chosen)),
      sendButton,
    ),
    ...view.elements,
    snippets.element,
  );

  function readValues(): FormValues {
    const values = Object.fromEntries([...fields].map(([key, control]) => [key, control.read()]));
    return { fields: values, ...body.read(), prefer: prefer.read() };
  }

  function showRequest(): void {
    const request = buildRequest(form, readValues());
    const checked = server.read();
    const url = ('server' in checked && checked.server) || form.server;
    target.textContent = request.target;
    snippets.show({ ...request, server: url, security: form.security, variable: form.keyVariable });
  }

  async function run(): Promise<Outcome | undefined> {
    state.running.abort();
    const running = new AbortController();
    state.running = running;
    const checked = server.read();
    if ('message' in checked) {
      view.show(checked, '');
      return checked;
    }
    view.showWaiting();
    const options: SendOptions = {
      ...checked,
      hasWrongKey: state.hasWrongKey,
      security: form.security,
      signal: running.signal,
    };
    try {
      const outcome = await send(buildRequest(form, readValues()), options);
      if (running.signal.aborted) return undefined;
      const shown = redact(outcome, checked.key);
      view.show(shown, checked.server === undefined ? 'in this page' : 'from your server');
      rememberETag(outcome);
      return outcome;
    } catch (error) {
      if (running.signal.aborted) return undefined;
      throw error;
    }
  }

  function rememberETag(outcome: Outcome): void {
    const [, etag] = ('status' in outcome ? outcome.headers : []).find(([name]) => name.toLowerCase() === 'etag') ?? [];
    if (etag === undefined) return;
    state.etag = etag;
    useETag.disabled = false;
  }

  function writeETag(): void {
    for (const { key, name } of form.fields)
      if (name.toLowerCase() === 'if-none-match') fields.get(key)?.write(state.etag);
  }

  async function tryCase({ status, means, values }: Case): Promise<void> {
    for (const { key, initial } of form.fields) fields.get(key)?.write(values[key] ?? initial);
    prefer.write(means === 'prefer' ? `code=${toCode(status)}` : '');
    state.hasWrongKey = means === 'wrong-key';
    if (means === 'etag') {
      for (const { key, name } of form.fields) if (name.toLowerCase() === 'if-none-match') fields.get(key)?.write('');
      await run();
      writeETag();
    }
    await run();
    state.hasWrongKey = false;
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
    writeETag();
    sendButton.focus();
  });
  element.addEventListener('input', showRequest);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.isComposing) void run();
    if (event.key === 'Escape') closePanel();
  });
  addEventListener('pagehide', server.forgetKey);
  samples.after(element);
  samples.hidden = true;
  showRequest();

  return {
    focus() {
      heading.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'nearest' });
    },
    tryValue(parameter, value) {
      for (const { key, name, initial } of form.fields) fields.get(key)?.write(name === parameter ? value : initial);
      prefer.write('');
      sendButton.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'nearest' });
      if (!server.isChosen()) void run();
    },
  };
}

/** Returns a status that the mock can send for a key of `responses`, such as 400 for `4XX`. */
function toCode(status: string): string {
  return status === 'default' ? '500' : status.replaceAll(/x/gi, '0');
}

/** Replaces the key in an outcome: a server may repeat it. */
function redact(outcome: Outcome, key: string): Outcome {
  if (!('status' in outcome)) return outcome;
  const hide = (text: string) => hideKey(text, key);
  return { ...outcome, body: hide(outcome.body), headers: outcome.headers.map(([name, value]) => [name, hide(value)]) };
}

/** Creates the buttons of the documented statuses. */
function createCases({ cases }: OperationForm, choose: (chosen: Case) => void): HTMLElement {
  const buttons = cases.map((item) => {
    const button = create('button', { type: 'button', class: `try-case status status-${item.status[0]}` }, item.status);
    button.addEventListener('click', () => choose(item));
    return button;
  });
  return create(
    'div',
    { class: 'try-cases', role: 'group', 'aria-label': 'Responses to try' },
    create('span', {}, 'Try a response'),
    ...buttons,
  );
}

/** Creates the field of the header `Prefer`, which is visible only if it has a value. */
function createPrefer(): Control {
  const control = create('input', { type: 'text' });
  setTextAttributes(control);
  const description = 'Requests this status. Only the mock supports this header. A live server ignores it.';
  const { element, read, write } = createControl({
    label: 'Prefer',
    note: 'header',
    description,
    choices: [],
    control,
  });
  element.hidden = true;
  return {
    element,
    read,
    write(value) {
      element.hidden = value === '';
      write(value);
    },
  };
}

/** Creates the field of the body, and the list of media types if there are several. */
function createBodyFields({ body }: OperationForm): {
  readonly elements: readonly HTMLElement[];
  read(): Pick<FormValues, 'body' | 'mediaType'>;
} {
  const types = body?.mediaTypes ?? [];
  const controls = types.map((type) => createBodyControl(body ?? { isRequired: false, mediaTypes: [] }, type));
  const select = create(
    'select',
    { 'aria-label': 'Content type of the body' },
    ...types.map(({ name }) => create('option', {}, name)),
  );
  const showSelected = () => {
    for (const [index, { element }] of controls.entries()) element.hidden = index !== Math.max(select.selectedIndex, 0);
  };
  select.addEventListener('change', showSelected);
  showSelected();
  return {
    elements: [...(types.length > 1 ? [select] : []), ...controls.map(({ element }) => element)],
    read() {
      const index = Math.max(select.selectedIndex, 0);
      return { body: controls[index]?.read() ?? '', mediaType: types[index]?.name ?? '' };
    },
  };
}

interface ServerFields {
  readonly element: HTMLElement;
  /** Whether requests go to a server. */
  isChosen(): boolean;
  /** Returns where to send the request, or what is wrong. */
  read(): Pick<SendOptions, 'server' | 'key'> | { readonly message: string; readonly hints: readonly string[] };
  /** Forgets the key, also in the field. */
  forgetKey(): void;
}

/** Creates the choice between this page and a server on this machine. The key stays in a variable of this function. */
function createServerFields({ security }: OperationForm): ServerFields {
  let key = '';
  const name = createId();
  const inPage = create('input', { type: 'radio', name, checked: true });
  const onServer = create('input', { type: 'radio', name });
  const urlInput = create('input', { type: 'text', inputmode: 'url' });
  urlInput.value = DEFAULT_SERVER;
  // A field of the type `password` would make browsers offer to save the key.
  const keyInput = create('input', { type: 'text', class: 'try-key' });
  for (const control of [urlInput, keyInput]) setTextAttributes(control);
  const url = createControl({
    label: 'URL of the server',
    note: '',
    description: 'http on 127.0.0.1 or localhost.',
    choices: [],
    control: urlInput,
  });
  const keyField = createControl({
    label: 'API key',
    note: '',
    description: 'Stays in memory until you close Try it or leave the page.',
    choices: [],
    control: keyInput,
  });
  const details = create(
    'div',
    { class: 'try-server', hidden: true },
    url.element,
    ...(security.length > 0 ? [keyField.element] : []),
  );
  const element = create(
    'fieldset',
    { class: 'try-where' },
    create('legend', {}, 'Send to'),
    create(
      'label',
      {},
      inPage,
      create('span', {}, 'This page', create('small', {}, 'the examples, no key, no network')),
    ),
    create(
      'label',
      {},
      onServer,
      create('span', {}, 'A server on this machine', create('small', {}, 'such as the mock')),
    ),
    details,
  );
  element.addEventListener('change', () => {
    details.hidden = !onServer.checked;
  });
  keyInput.addEventListener('input', () => {
    key = keyInput.value;
  });
  return {
    element,
    isChosen: () => onServer.checked,
    read() {
      if (!onServer.checked) return { server: undefined, key: '' };
      const checked = checkServerUrl(url.read());
      return 'error' in checked
        ? { message: 'The request was not sent.', hints: [checked.error] }
        : { ...checked, key };
    },
    forgetKey() {
      key = '';
      keyInput.value = '';
    },
  };
}

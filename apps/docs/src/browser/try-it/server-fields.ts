import { create } from './dom.ts';
import { createControl, createId, NOT_SENDABLE, setTextAttributes } from './fields.ts';
import type { OperationForm } from './form.ts';
import type { SendOptions } from './send.ts';
import { checkServerUrl } from './server-url.ts';

const DEFAULT_SERVER = 'http://127.0.0.1:4010';

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
export function createServerFields({ security }: OperationForm): ServerFields {
  let key = '';
  const name = createId();
  const inPage = create('input', { type: 'radio', name, checked: true });
  const onServer = create('input', { type: 'radio', name });
  const urlInput = create('input', { type: 'text', inputmode: 'url' });
  urlInput.value = DEFAULT_SERVER;
  // A field of the type `password` would make browsers offer to save the key.
  const keyInput = create('input', { type: 'text', class: 'try-key' });
  for (const control of [urlInput, keyInput]) setTextAttributes(control);
  const canSendKey = security.every((scheme) => scheme.in !== 'cookie');
  const url = createControl({
    label: 'URL of the server',
    note: 'http on 127.0.0.1 or localhost',
    description: '',
    choices: [],
    control: urlInput,
  });
  const keyField = createControl({
    label: 'API key',
    note: '',
    description: canSendKey ? 'Stays in memory until you close Try it or leave the page.' : NOT_SENDABLE,
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
    create('label', {}, inPage, create('span', {}, 'This page', create('small', {}, 'No key, no network.'))),
    create(
      'label',
      {},
      onServer,
      create('span', {}, 'A server on this machine', create('small', {}, 'Such as the mock.')),
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

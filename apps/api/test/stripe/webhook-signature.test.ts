import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { readWebhookSecrets } from '../../src/stripe/webhook/secrets.ts';
import { isSigned, parseSignatureHeader } from '../../src/stripe/webhook/signature.ts';

const NOW = 1_792_540_800_000;
const SECRET = 'whsec_current';
const BODY = '{"id":"evt_1","object":"event","text":"ü €"}';

/** Signs a body as Stripe does. */
const sign = (secret = SECRET, { payload = BODY, timestamp = NOW / 1_000 } = {}) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

/** Returns whether this server accepts a header. */
function accepts(header: string, { body = BODY, secrets = [SECRET], now = NOW } = {}): boolean {
  const signature = parseSignatureHeader(header, now);
  return signature !== undefined && isSigned(signature, Buffer.from(body), secrets);
}

describe('a signature', () => {
  const [, v1 = ''] = sign().split(',');

  test.each([
    ['as Stripe generates it', sign()],
    ['with spaces after commas', sign().replaceAll(',', ', ')],
    ['with one of an unknown scheme', `${sign()},v0=${'0'.repeat(64)}`],
    ['after that of another secret', `t=${NOW / 1_000},v1=${'0'.repeat(64)},${v1}`],
    ['before that of another secret', `${sign()},v1=${'0'.repeat(64)}`],
    ['of an event that Stripe sent 300 seconds ago', sign(SECRET, { timestamp: NOW / 1_000 - 300 })],
    ['of a clock that is 300 seconds ahead', sign(SECRET, { timestamp: NOW / 1_000 + 300 })],
  ])('%s is accepted', (_, header) => {
    expect(accepts(header)).toBe(true);
  });

  test.each([
    ['empty', ''],
    ['without a time', v1],
    ['with another time', `t=${NOW / 1_000 - 1},${v1}`],
    ['with two times', `t=${NOW / 1_000 - 1},${sign()}`],
    ['with a time that is no number', `t=${NOW / 1_000}.0,${v1}`],
    ['without v1', `t=${NOW / 1_000}`],
    ['only of the scheme v0', sign().replace('v1=', 'v0=')],
    ['cut off', sign().slice(0, -1)],
    ['that is longer', `${sign()}0`],
    ['that is not hexadecimal', `t=${NOW / 1_000},v1=${'z'.repeat(64)}`],
    ['with another secret', sign('whsec_other')],
    ['of another body', sign(SECRET, { payload: `${BODY} ` })],
    ['from 301 seconds ago', sign(SECRET, { timestamp: NOW / 1_000 - 301 })],
    ['of a clock that is 301 seconds ahead', sign(SECRET, { timestamp: NOW / 1_000 + 301 })],
  ])('%s is rejected', (_, header) => {
    expect(accepts(header)).toBe(false);
  });

  test('may be that of either secret while a secret is replaced', () => {
    const secrets = [SECRET, 'whsec_next'];
    expect(accepts(sign('whsec_next'), { secrets })).toBe(true);
    expect(accepts(sign(), { secrets })).toBe(true);
    expect(accepts(sign(), { secrets: [] })).toBe(false);
  });
});

describe('the secrets in the environment', () => {
  test('belong to one account, or to all accounts without a secret of their own', () => {
    const find = readWebhookSecrets({
      FIRSTOFFICER_STRIPE_WEBHOOK_SECRET: 'whsec_a',
      FIRSTOFFICER_STRIPE_WEBHOOK_SECRET_2: 'whsec_b, whsec_c',
    });
    expect([find?.(1), find?.(2)]).toEqual([['whsec_a'], ['whsec_b', 'whsec_c']]);
    expect(readWebhookSecrets({ FIRSTOFFICER_STRIPE_WEBHOOK_SECRET_2: 'whsec_b' })?.(1)).toEqual([]);
    expect(readWebhookSecrets({ FIRSTOFFICER_STRIPE_WEBHOOK_SECRET: '', OTHER: 'x' })).toBeUndefined();
  });

  test.each(['sk_live_1', 'whsec_', 'whsec_a,', 'whsec_a whsec_b,x'])('"%s" is refused without its value', (value) => {
    const read = () => readWebhookSecrets({ FIRSTOFFICER_STRIPE_WEBHOOK_SECRET_1: value });
    expect(read).toThrow(/^FIRSTOFFICER_STRIPE_WEBHOOK_SECRET_1 must be .* whsec_, or two/);
    expect(read).not.toThrow(value === 'whsec_' ? 'never' : value);
  });
});

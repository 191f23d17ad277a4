import type { Rating, Step } from './step.ts';

/** A rule of a tool whose step differs from the one that the tool gives. */
interface TunedRule {
  readonly tool: 'redocly' | 'oasdiff';
  /** Matches the whole ID of the rule. */
  readonly ruleId: RegExp;
  readonly step: Step;
  readonly reason: string;
  /** Whether the rule is about webhooks only. */
  readonly isWebhook?: true;
}

/** The table of tuned rules. All other rules keep the step of their tool. */
export const TUNED_RULES: readonly TunedRule[] = [
  {
    tool: 'oasdiff',
    ruleId: /api-tag-(added|removed)/,
    step: 'patch',
    reason: 'Tags group operations in the docs. The rule first-tag-changed rates the first tag, which also names code.',
  },
  {
    tool: 'oasdiff',
    ruleId: /.*deprecated-sunset-(missing|invalid)|.*sunset-parse/,
    step: 'minor',
    reason: 'A deprecation changes no request and no response. The linter checks its dates.',
  },
  {
    tool: 'oasdiff',
    ruleId: /.*sunset-date-(changed-)?too-small/,
    step: 'minor',
    reason: 'The rule depends on the date of today. The rule sunset-earlier compares both dates instead.',
  },
  {
    tool: 'oasdiff',
    ruleId: /(.*-)?sunset-deleted/,
    step: 'minor',
    reason: 'Without a sunset date, users can keep what they use.',
  },
  {
    tool: 'oasdiff',
    ruleId: /request-(body|property)-default-value-(changed|removed)/,
    step: 'major',
    reason: 'Requests that omit the member now mean something else, as with the default of a parameter.',
  },
  {
    tool: 'oasdiff',
    ruleId: /.*-discriminator-(removed|property-name-changed|mapping-changed|mapping-deleted)/,
    step: 'major',
    reason: 'Generated clients choose the type of an object by its discriminator.',
  },
  {
    tool: 'oasdiff',
    ruleId: /request-(optional|required)-property-became-read-only/,
    step: 'major',
    reason: 'The server ignores or rejects the member, which requests contain today.',
  },
  {
    tool: 'oasdiff',
    ruleId: /response-(optional|required)-property-became-write-only/,
    step: 'major',
    reason: 'Responses no longer contain the member.',
  },
  {
    tool: 'oasdiff',
    ruleId:
      /new-required-request-property|request-(body|property)-(enum-value-removed|became-required|became-not-nullable|(min|max)(-length|-items|-properties)?-(set|increased|decreased)|pattern-added)/,
    step: 'minor',
    reason:
      'Users receive the requests of a webhook, so they must accept less. Redocly rates what they must accept more.',
    isWebhook: true,
  },
];

/** Returns the rating with the step of the table, if the table contains its rule. */
export function tune(rating: Rating, { isWebhook = false } = {}): Rating {
  const rule = TUNED_RULES.find(
    (one) =>
      one.tool === rating.tool &&
      rating.ruleId.match(one.ruleId)?.[0] === rating.ruleId &&
      (one.isWebhook !== true || isWebhook),
  );
  return rule ? { ...rating, step: rule.step, reason: rule.reason } : rating;
}

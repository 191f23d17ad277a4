import type { RecordedExchange } from '../../src/run/recording.ts';
import type { CheckResult, Finding, OperationCoverage, RunReport } from '../../src/run/report.ts';

/** Text from a server that tries to break each report format. */
export const HOSTILE =
  '<script>alert(1)</script> ]]> --> & "quoted" \'single\'\n::error::injected\n##vso[task.complete]\u001b[31mred\u001b[0m \u009b2J \u0000\u0008\ufffe\ud800 \u202egnp.exe | `x` ``` [a](javascript:1) <img src=x onerror=alert(1)> 日本語';

const LONG = `${'x'.repeat(3000)} end`;

const unauthorized = {
  file: 'spec/openapi.yaml',
  pointer: '/paths/~1v2~1customers~1{customer}/get/responses/401',
  line: 107,
};

export const ignoredAuth: Finding = {
  check: 'ignored_auth',
  severity: 'error',
  operation: 'retrieveCustomer',
  testCase: 'basicAuth: no key',
  expected: 'status 401, because the operation requires basicAuth or tokenAuth',
  actual: 'status 200 with a customer',
  spec: unauthorized,
  curl: "curl -i http://127.0.0.1:4010/v2/customers/cus_1234ABCD -H 'Accept: application/json'",
  times: 12,
};

const schemaViolation: Finding = {
  check: 'response_schema',
  severity: 'error',
  operation: 'retrieveCustomer',
  testCase: 'example stripe_id',
  expected: 'body/current_mrr is an integer',
  actual: 'body/current_mrr is the string "699.00"',
  spec: { file: 'spec/openapi.yaml', pointer: '/components/schemas/Customer/properties/current_mrr', line: 318 },
  curl: 'curl -i http://127.0.0.1:4010/v2/customers/cus_1234ABCD -u "$FIRSTOFFICER_TOKEN:"',
  times: 1,
};

export const undocumented: Finding = {
  check: 'undocumented_members',
  severity: 'note',
  operation: 'retrieveCustomer',
  testCase: 'example extra_id',
  expected: 'only documented members',
  actual: 'body/country',
  spec: { file: 'spec/openapi.yaml', pointer: '/components/schemas/Customer', line: 283 },
  curl: 'curl -i http://127.0.0.1:4010/v2/customers/workspace-8812 -u "$FIRSTOFFICER_TOKEN:"',
  times: 40,
};

const checks: readonly CheckResult[] = [
  check('ignored_auth', 'Requests without a valid key get no data.', 214),
  check('response_schema', 'Bodies conform to the schema of their status.', 502),
  check('response_headers', 'Documented headers exist and conform to their schemas.', 502),
  {
    ...check('undocumented_members', 'Members that are not documented may be removed without notice.', 502),
    severity: 'note',
  },
];

function check(name: string, rationale: string, exchanges: number): CheckResult {
  return {
    check: name,
    rationale,
    severity: 'error',
    operation: 'retrieveCustomer',
    status: 'passed',
    exchanges,
    durationMs: 812.4,
    findings: [],
  };
}

const coverage: OperationCoverage = {
  operation: 'retrieveCustomer',
  method: 'GET',
  path: '/v2/customers/{customer}',
  requests: 502,
  statuses: ['200', '400', '401', '404'].map((name, index) => ({ name, times: 200 - index * 40 })),
  headers: [{ name: '401 WWW-Authenticate', times: 120 }],
  examples: [
    { name: '200 stripe_id', times: 3 },
    { name: '200 lost_customer', times: 0 },
    { name: '404 unknown_customer', times: 1 },
  ],
  securitySchemes: [
    { name: 'basicAuth', times: 301 },
    { name: 'tokenAuth', times: 0 },
  ],
};

/** A report without findings. */
export const passed: RunReport = {
  tool: { name: 'firstofficer-contract', version: '0.1.0' },
  target: 'http://127.0.0.1:4010',
  spec: { file: 'spec/openapi.yaml', title: 'FirstOfficer Customers API', version: '2.0.0' },
  startedAt: '2026-11-20T09:30:00.000Z',
  durationMs: 3249.6,
  requests: 2114,
  seed: 1_340_573,
  verdict: 'passed',
  remaining: [],
  unreached: [],
  notTested: [],
  allowUnreached: false,
  checks,
  coverage: [coverage],
};

/** A passed report with a note. */
export const notesOnly: RunReport = withFindings(passed, [undocumented]);

/** A report with two failed checks and one note. */
export const failed: RunReport = withFindings({ ...passed, verdict: 'failed' }, [
  ignoredAuth,
  schemaViolation,
  undocumented,
]);

/** The same report with hostile text from the server and the description. */
export const hostile: RunReport = {
  ...withFindings({ ...passed, verdict: 'failed' }, [
    { ...ignoredAuth, testCase: HOSTILE, expected: HOSTILE, actual: HOSTILE },
    {
      ...schemaViolation,
      actual: LONG,
      spec: { ...schemaViolation.spec, pointer: `/paths/${HOSTILE}` },
      curl: HOSTILE,
    },
  ]),
  spec: { ...passed.spec, title: HOSTILE },
  coverage: [{ ...coverage, examples: [{ name: HOSTILE, times: 0 }] }],
};

/** A report of a run that ended early. */
export const stopped: RunReport = {
  ...passed,
  verdict: 'incomplete',
  stopped: 'the time limit of 60 s was reached',
  checks: checks.map((result, index) => (index > 1 ? { ...result, status: 'skipped', exchanges: 0 } : result)),
};

/** A report of a run in which an operation got no documented success. */
export const unreached: RunReport = {
  ...passed,
  verdict: 'incomplete',
  unreached: [
    {
      operation: 'retrieveCustomer',
      method: 'GET',
      path: '/v2/customers/{customer}',
      seen: ['404'],
      advice: 'Pass --customer with an identifier of a customer that exists.',
    },
  ],
};

export const REPORTS: readonly (readonly [name: string, report: RunReport])[] = [
  ['passed', passed],
  ['with notes only', notesOnly],
  ['failed', failed],
  ['hostile', hostile],
  ['stopped', stopped],
  ['unreached', unreached],
];

/** Returns a report with these findings. */
export function withFindings(report: RunReport, findings: readonly Finding[]): RunReport {
  return {
    ...report,
    checks: report.checks.map((result): CheckResult => {
      const own = findings.filter(({ check }) => check === result.check);
      const failed = own.some(({ severity }) => severity === 'error');
      return { ...result, findings: own, status: failed ? 'failed' : result.status };
    }),
  };
}

/** Exchanges with a text body, a binary body and a failure. */
export const EXCHANGES: readonly RecordedExchange[] = [
  {
    operation: 'retrieveCustomer',
    testCase: 'example stripe_id',
    startedAt: '2026-11-20T09:30:00.100Z',
    durationMs: 4.2,
    method: 'GET',
    url: 'http://127.0.0.1:4010/v2/customers/cus_1234ABCD?expand=a%20b&expand=c',
    requestHeaders: [
      ['Authorization', 'Basic c2VjcmV0'],
      ['Accept', 'application/json'],
    ],
    response: {
      httpVersion: 'HTTP/1.1',
      status: 200,
      statusText: 'OK',
      headers: [
        ['content-type', 'application/json'],
        ['Set-Cookie', 'session=secret'],
      ],
      body: '{"object":"customer"}',
    },
  },
  {
    operation: 'retrieveCustomer',
    testCase: 'bytes that are not text',
    startedAt: '2026-11-20T09:30:00.200Z',
    durationMs: 3,
    method: 'POST',
    url: 'http://127.0.0.1:4010/v2/customers',
    requestHeaders: [['Content-Type', 'text/plain']],
    requestBody: 'ä',
    response: {
      httpVersion: 'HTTP/1.1',
      status: 302,
      statusText: 'Found',
      headers: [['Location', 'http://127.0.0.1:4010/elsewhere']],
      body: Buffer.from([0xff, 0x00, 0xfe]).toString('base64'),
      encoding: 'base64',
    },
  },
  {
    operation: 'retrieveCustomer',
    testCase: 'no response',
    startedAt: '2026-11-20T09:30:00.300Z',
    durationMs: 10_000,
    method: 'GET',
    url: 'http://127.0.0.1:4010/v2/customers/x',
    requestHeaders: [],
    failure: 'no response within 10 s',
  },
];

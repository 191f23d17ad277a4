import { describe, expect, test } from 'vitest';
import { contract } from '../test/contract-command.ts';
import { temporaryFile } from '../test/temporary-file.ts';

describe.concurrent('exit code 2: wrong usage', () => {
  const url = ['--url', 'http://127.0.0.1:9'];

  test.each([
    [['--url'], "option '--url <url>' argument missing"],
    [['--ulr', 'x'], 'Did you mean --url?'],
    [['--tokne=sesame'], "unknown option '--tokne=…'"],
    [['sesame'], 'too many arguments. Expected 0 arguments but got 1.'],
    [url, 'FIRSTOFFICER_TOKEN'],
    [['--token', 'sesame'], '--token needs --url'],
    [['--url', 'api.firstofficer.io', '--token', 'sesame'], '--url must be an absolute http or https URL'],
    [['--url', 'http://api.firstofficer.io', '--token', 'sesame'], '--url must be https'],
    [['--url', 'https://sesame:@api.firstofficer.io', '--token', 'x'], 'must not contain credentials'],
    [['--url', 'https://api.firstofficer.io?key=sesame', '--token', 'x'], 'must not have a query'],
    [['--url', 'https://api.firstofficer.io?', '--token', 'x'], 'must not have a query'],
    [['--url', 'https://api.firstofficer.io', '--token', 'se\nsame'], 'the key must be printable ASCII'],
    [['--url', 'https://api.firstofficer.io', '--token', 'se:same'], 'the key must be printable ASCII'],
    [['--customer', ''], '--customer is empty'],
    [['--customer', '.'], '--customer is "."'],
    [['--email', 'jane@example.com'], '--email needs --customer'],
    [['--customers', 'no-such.json'], 'cannot read "no-such.json" (ENOENT)'],
    [['--config', 'no-such.json'], 'cannot read "no-such.json" (ENOENT)'],
    [['--spec', 'no-such.yaml'], '--spec: '],
    [['--spec', 'package.json'], 'is not an OpenAPI description'],
    [['--only', 'no_such_check'], 'there is no check "no_such_check". Run firstofficer-contract list'],
    [['--skip', 'ignored_auth,no_such_check'], 'there is no check "no_such_check"'],
    [['--profile', 'other'], 'Allowed choices are firstofficer, generic'],
    [['--parameter', 'petId'], '--parameter must be a name and a value'],
    [['--parameter', 'petId=7'], '--parameter: the description has no parameter "petId". Its parameters are customer.'],
    [['--parameter', 'retrievePet.customer=7'], 'has no parameter "retrievePet.customer"'],
    [['--exclude', 'deletePet'], '--exclude: no operation has the ID, the tag or the path "deletePet"'],
    [['--auth', 'basic=sesame'], '--auth needs --url'],
    [
      [...url, '--auth', 'basik=sesame'],
      '--auth: the description has no security scheme "basik". Its security schemes are ',
    ],
    [[...url, '--auth', 'se=same'], '--auth: the description has no security scheme "se"'],
    [[...url, '--auth', 'sesame'], '--auth must be the name of a security scheme and a key'],
    [['--filter', '['], '--filter must be a regular expression'],
    [['--seed', 'x'], 'It must be an integer from 0'],
    [['--rate', '0'], 'It must be a number above 0'],
    [['--report', 'pdf=x'], '--report knows no format "pdf"'],
    [['--report', 'junit'], '--report junit needs a file'],
  ])('%j', async (options, message) => {
    const { code, output, errors } = await contract(options);

    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining(message) });
    expect(output + errors).not.toContain('same');
  });

  test.for([
    ['{', 'is not JSON'],
    ['[]', 'must be an object of options'],
    ['{"ulr":"x"}', 'there is no option "ulr"'],
    ['{"token":"sesame"}', 'must not contain the key'],
    ['{"strict":"yes"}', '"strict" must be true or false'],
    ['{"profile":"x"}', '"profile" is wrong. Allowed choices are firstofficer, generic'],
    ['{"seed":-1}', '"seed" is wrong. It must be an integer'],
    ['{"url":["x"]}', '"url" must be one value'],
    ['{"only":[{}]}', '"only" must be a list of strings'],
    ['{"lists":[]}', '"lists" must be an object such as'],
    ['{"lists":{"retrieveCustomer":{"limit":"per"}}}', 'lists: retrieveCustomer: the hints for the list name the'],
  ] as const)('a configuration file %s', async ([content, message], context) => {
    const { code, errors } = await contract(['--config', await temporaryFile(context, content)]);

    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining(message) });
    expect(errors).not.toContain('same');
  });
});

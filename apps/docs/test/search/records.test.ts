import { expect, test } from 'vitest';
import { listDownloads } from '../../src/publish/downloads.ts';
import { listDownloadRecords, listRecords } from '../../src/search/records.ts';

const REFERENCE = `
<h1>Get a pet</h1><p>Returns one pet.</p>
<div><h2 id="get/request">Request <a class="anchor" href="#get/request" aria-label="Link to Request">#</a></h2>
  <h3 id="get/path">Path</h3>
  <div class="member" id="get/in=path&amp;path=id"><div class="member-row"><code class="member-name">id</code>
    <span class="member-type">integer</span><span class="member-required">required</span></div><p>Finds the pet.</p></div></div>
<h2 id="get/responses">Responses</h2>
<details class="response"><summary><span class="status status-2">200</span> OK</summary><div class="row" id="get/t=response&amp;c=200">
  <p>The pet.</p>
  <div class="member" id="get/t=response&amp;c=200&amp;path=owner"><div class="member-row"><code class="member-name">owner</code></div><p>Who feeds it.</p>
    <div class="member" id="get/t=response&amp;c=200&amp;path=owner/full_name"><div class="member-row"><code class="member-name">full_name</code></div><p>First and last name.</p></div></div>
</div></details>
<details class="response"><summary><span class="status status-4">404</span> Not Found</summary><div class="row" id="get/t=response&amp;c=404">
  <div class="member" id="get/t=response&amp;c=404&amp;path=owner"><div class="member-row"><code class="member-name">owner</code></div><p>Who feeds it.</p></div>
</div></details>`;

function list(main: string) {
  return listRecords([{ title: 'Get a pet', url: '/get/', kind: 'page', main }]);
}

test('lists the page, its sections, members and responses with their fragments', () => {
  expect(list(REFERENCE).map(({ kind, title, url }) => [kind, title, url])).toEqual([
    ['page', 'Get a pet', '/get/'],
    ['section', 'Request', '/get/#get/request'],
    ['section', 'Path', '/get/#get/path'],
    ['member', 'id', '/get/#get/in=path&path=id'],
    ['section', 'Responses', '/get/#get/responses'],
    ['status', '200 OK', '/get/#get/t=response&c=200'],
    ['member', 'owner', '/get/#get/t=response&c=200&path=owner'],
    ['member', 'full_name', '/get/#get/t=response&c=200&path=owner/full_name'],
    ['status', '404 Not Found', '/get/#get/t=response&c=404'],
  ]);
});

test('samples belong to the page, not to the section before them', () => {
  const main = '<h1>Get a pet</h1><h2 id="a">Headers</h2><p>None.</p><div class="samples"><pre>curl pets</pre></div>';

  expect(list(main).map(({ title, code }) => [title, code.trim()])).toEqual([
    ['Get a pet', 'curl pets'],
    ['Headers', ''],
  ]);
});

test('the text of a member does not contain the members inside it', () => {
  const texts = Object.fromEntries(list(REFERENCE).map(({ title, text }) => [title, text]));
  expect(texts).toMatchObject({
    id: 'integer required Finds the pet.',
    owner: 'Who feeds it.',
    full_name: 'First and last name.',
    '200 OK': 'The pet.',
  });
});

test('separates the words of cells, list items and other elements, and keeps words with inline elements', () => {
  const [record] = list(
    '<table><tr><th>Kind</th><th>Example</th></tr><tr><td>Email</td><td><code>jane@example.com</code></td></tr></table>' +
      '<ul><li>one</li><li>two</li></ul><p>A <code>name</code>s, <b>bold</b><i>slanted</i>.</p><p>Unknown<wbr>Customer<br>end</p>',
  );
  expect(record?.text).toBe(
    'Kind · Example · Email · jane@example.com · one · two A names, bold slanted. UnknownCustomer end',
  );
});

test('separates code from text, and leaves out buttons, forms and captions', () => {
  const [record] = list(
    '<figure class="code"><figcaption>Terminal<button>Copy</button></figcaption><pre><code><span>curl</span> -u</code></pre></figure>' +
      '<form><label>Key</label></form><p>Text</p>',
  );
  expect(record).toMatchObject({ text: 'Text', code: 'curl -u' });
});

test('lists the files to download below the base path', () => {
  expect(listDownloadRecords(listDownloads('/docs/')).map(({ url }) => url)).toContain('/docs/postman_collection.json');
});

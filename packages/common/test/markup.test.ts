import { expect, test } from 'vitest';
import { escapeMarkup, Markup, markup, unescapeMarkup } from '../src/markup.ts';

test('escapes text and numbers, and keeps markup', () => {
  const name = `<b>"Jane" & 'Joe'</b>`;

  expect(markup`<p title="${name}">${1}${markup`<br>`}${new Markup('<hr>')}</p>`.text).toBe(
    '<p title="&lt;b&gt;&quot;Jane&quot; &amp; &#39;Joe&#39;&lt;/b&gt;">1<br><hr></p>',
  );
});

test('joins lists, and writes nothing for undefined', () => {
  expect(markup`<ul>${['a', 'b'].map((name) => markup`<li>${name}</li>`)}${undefined}</ul>`.text).toBe(
    '<ul><li>a</li><li>b</li></ul>',
  );
});

test('unescapes escaped text and numeric references', () => {
  const text = `a & b < c > d "e" 'f' &amp; 🦆`;

  expect(unescapeMarkup(escapeMarkup(text))).toBe(text);
  expect(unescapeMarkup('&#x27;&#X1F986;&#34;&amp;lt;&nbsp;')).toBe(`'🦆"&lt;&nbsp;`);
});

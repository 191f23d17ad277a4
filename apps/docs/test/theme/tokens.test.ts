import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SOURCES } from '../../src/content/read-content.ts';

const files = (await readdir(SOURCES.theme)).filter((file) => file.endsWith('.css') && file !== 'theme.css');
const sheets = await Promise.all(
  files.map(async (file) => [file, await readFile(`${SOURCES.theme}/${file}`, 'utf8')] as const),
);
const tokens = sheets.find(([file]) => file === 'tokens.css')?.[1] ?? '';

/** The colors by name: for light mode and for dark mode. */
const colors = new Map(
  [...tokens.matchAll(/--([a-z-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));/g)].map(
    ([, name = '', light, dark, both]) => [name, [light ?? both ?? '', dark ?? both ?? '']],
  ),
);

// The contrast of text is at least 4.5 to 1, and that of the borders of controls 3 to 1 (WCAG 2.2, AA).
const ON_PAGE = ['text', 'strong', 'mute', 'accent', 'required', 'ok', 'redirect', 'error'];
const IN_CODE = ['code-text', 'code-comment', 'code-keyword', 'code-string', 'code-property', 'code-number'];
const PAIRS: readonly (readonly [string, string, number])[] = [
  ...ON_PAGE.flatMap((name) => [[name, 'bg', 4.5] as const, [name, 'soft', 4.5] as const]),
  ...IN_CODE.flatMap((name) => ['code-bg', 'code-bar'].map((background) => [name, background, 4.5] as const)),
  ['code-text', 'code-line', 4.5],
  ['accent', 'accent-soft', 4.5],
  ['strong', 'accent-soft', 4.5],
  ['on-accent', 'accent', 4.5],
  ['ok', 'ok-soft', 4.5],
  ['redirect', 'redirect-soft', 4.5],
  ['error', 'error-soft', 4.5],
  ['control', 'bg', 3],
];

describe('the tokens', () => {
  it.each(PAIRS)('have enough contrast: %s on %s', (name, background, least) => {
    for (const mode of [0, 1]) {
      expect(computeContrast(getColor(name, mode), getColor(background, mode))).toBeGreaterThanOrEqual(least);
    }
  });

  it.each(sheets)('are the only colors and font sizes: %s', (file, css) => {
    if (file === 'tokens.css') return;
    const text = css.replaceAll(/\/\*[\s\S]*?\*\//g, '');
    const literals = text.match(/#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(|\bfont(?:-size)?:[^;]*\d(?:px|rem)/gi);
    expect(literals).toBeNull();
    const unknown = [...text.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name);
    expect(unknown.filter((name) => !`${tokens}${text}`.includes(`${name}:`))).toEqual([]);
  });
});

function getColor(name: string, mode: number): string {
  const color = colors.get(name)?.[mode];
  if (!color) throw new Error(`tokens.css has no color ${name}.`);
  return color;
}

/** Returns the contrast of two colors by WCAG, from 1 to 21. */
function computeContrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other].map(computeLuminance).toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function computeLuminance(color: string): number {
  const channels = [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

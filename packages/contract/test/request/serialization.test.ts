import type { Parameter } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { cookieText, headerText, type ParameterValue, pathText, queryText } from '../../src/request/serialization.ts';

/** The examples of OpenAPI 3.1.1, 4.8.12.6, with reserved characters encoded. */
const LIST = ['blue', 'black', 'brown'];
const OBJECT = { R: 100, G: 200, B: 150 };

type Row = readonly [style: string, explode: boolean | undefined, one: string, list: string, object: string];

const parameter = (parts: Partial<Parameter>): Parameter => ({ name: 'color', in: 'query', ...parts });

function serialize(text: (parameter: Parameter, value: ParameterValue) => string, [style, explode]: Row): string[] {
  const styled = parameter({ ...(style && { style }), ...(explode !== undefined && { explode }) });
  return ['blue', LIST, OBJECT].map((value) => text(styled, value));
}

describe('pathText serializes by style', () => {
  test.each<Row>([
    ['', undefined, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
    ['matrix', false, ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
    ['matrix', true, ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
    ['label', false, '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
    ['label', true, '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
  ])('%s %s', (...row) => {
    expect(serialize(pathText, row)).toEqual(row.slice(2));
  });
});

describe('queryText serializes by style', () => {
  test.each<Row>([
    ['', undefined, 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
    ['form', false, 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    ['spaceDelimited', undefined, 'color=blue', 'color=blue%20black%20brown', 'color=R%20100%20G%20200%20B%20150'],
    ['pipeDelimited', false, 'color=blue', 'color=blue%7Cblack%7Cbrown', 'color=R%7C100%7CG%7C200%7CB%7C150'],
  ])('%s %s', (...row) => {
    expect(serialize(queryText, row)).toEqual(row.slice(2));
  });

  test('deepObject', () => {
    expect(queryText(parameter({ style: 'deepObject' }), OBJECT)).toBe(
      'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
    );
  });

  test('content', () => {
    const content = { 'application/json': {} };

    expect(decodeURIComponent(queryText(parameter({ content }), OBJECT))).toBe('color={"R":100,"G":200,"B":150}');
    expect(queryText(parameter({ content: { 'text/plain': {} } }), 'a b')).toBe('color=a%20b');
  });
});

test('headerText serializes without encoding', () => {
  expect(headerText(parameter({}), LIST)).toBe('blue,black,brown');
  expect(headerText(parameter({}), OBJECT)).toBe('R,100,G,200,B,150');
  expect(headerText(parameter({ explode: true }), OBJECT)).toBe('R=100,G=200,B=150');
  expect(headerText(parameter({}), 'a b')).toBe('a b');
});

test('cookieText serializes as one or more pairs', () => {
  expect(cookieText(parameter({}), 'a b')).toBe('color=a%20b');
  expect(cookieText(parameter({}), LIST)).toBe('color=blue,black,brown');
  expect(cookieText(parameter({}), OBJECT)).toBe('R=100; G=200; B=150');
});

import { find } from '../../src/customers/stored-customer.ts';
import { answer } from './answer.ts';
import { authorize } from './authorization.ts';
import { decode, isReadable, segmentOf } from './identifier.ts';
import { explain, render } from './render.ts';
import type { Steps } from './steps.ts';
import { send } from './write.ts';

/** The steps of the correct server. */
export const CORRECT: Steps = {
  authorize,
  segmentOf,
  decode,
  isReadable,
  find,
  render,
  explain,
  answer,
  adjust: (answer) => answer,
  serialize: (body) => JSON.stringify(body),
  alter: (message) => message,
  send,
};

import type { MuseumFaultGroup } from './fault.ts';
import { acceptance } from './faults/acceptance.ts';
import { authentication } from './faults/authentication.ts';
import { crashes } from './faults/crashes.ts';
import { lists } from './faults/lists.ts';
import { bodyRules, changeRules, formRules, nestedRules, parameterRules, wholeBodies } from './faults/request-rules.ts';
import { responseBodies, responseMessages } from './faults/responses.ts';
import { changes, creation, deletion } from './faults/state.ts';

export { conformingMuseums } from './conforming.ts';
export { startDescribedMuseum } from './described-museum.ts';
export { KEY } from './server/correct.ts';
export { startMuseum } from './server/serve.ts';

/** All museums with a fault, in groups. */
export const museumFaultGroups: readonly MuseumFaultGroup[] = [
  bodyRules,
  nestedRules,
  changeRules,
  wholeBodies,
  formRules,
  parameterRules,
  acceptance,
  crashes,
  responseBodies,
  responseMessages,
  authentication,
  creation,
  changes,
  deletion,
  lists,
];

import * as client from '@firstofficer/client';
import { retrieveMany } from '@firstofficer/client/retrieve-many';
import { validate } from '@firstofficer/client/validate';
import { runBehaviours } from '../behaviours.ts';

// Declared by environments/react-native.js.
declare const apiUrl: string;

runBehaviours({ client, retrieveMany, validate, baseUrl: apiUrl, isPage: false }).then((results) =>
  console.log(JSON.stringify(results)),
);

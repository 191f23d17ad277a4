import { operations } from 'try-it:operations';
import { validators } from 'try-it:validators';
import { createBrowserMock } from '@firstofficer/mock/engine';

/** The mock of this page: the same code as the mock's server, without a network. */
export const mock = createBrowserMock({ operations, validators });

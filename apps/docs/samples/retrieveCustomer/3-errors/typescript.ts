import { createClient, isFirstOfficerError } from '@firstofficer/client';

async function describe(token: string, identifier: string): Promise<string> {
  try {
    const { current_mrr, currency } = await createClient({ token }).customers.retrieve(identifier);
    return `MRR ${current_mrr} (${currency})`;
  } catch (error) {
    if (!isFirstOfficerError(error)) throw error;
    if (error.code === 'not_found') return 'No such customer.';
    if (error.code === 'unauthorized') return 'The API key is missing or wrong.';
    throw error; // Any other failure, such as a timeout after all retries.
  }
}

console.log(await describe(process.env.FIRSTOFFICER_TOKEN ?? '', 'cus_0000ZZZZ'));
//=> No such customer.
console.log(await describe('wrong-key', 'cus_1234ABCD'));
//=> The API key is missing or wrong.

/** Makes one call with the reference client for `cmpassport-mock contract consumer`. Exit status 0: the number was obtained. 3: a handled refusal. */
import { createCmpassportClient } from 'cmpassport-client';

const {
  CMPASSPORT_BASE,
  CMPASSPORT_APP_ID,
  CMPASSPORT_APP_SECRET,
  CMPASSPORT_TOKEN,
  CMPASSPORT_PHONE,
} = process.env;
const client = createCmpassportClient({
  appId: CMPASSPORT_APP_ID,
  appSecret: CMPASSPORT_APP_SECRET,
  baseUrl: CMPASSPORT_BASE,
  production: false,
});
const answer = await client.getPhoneNumber(CMPASSPORT_TOKEN).catch((error) => error);
process.exit(answer.phoneNumber === CMPASSPORT_PHONE ? 0 : 3);

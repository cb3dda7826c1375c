/** Why the folder of the local CA cannot be used. */
import { catalogue } from '../../../src/text/catalogue.js';
import { usageErrors } from '../../../src/text/usage-error.js';

export const CA_MESSAGES = catalogue({
  'ca.invalid-file': {
    en: '{file} must contain a private key, its certificate and the CA ({reason}): remove it, and it is created again',
    zh: '{file} 应包含私钥、对应的证书和 CA（{reason}）：删除它即可，会重新生成',
  },
  'ca.unsafe-folder': {
    en: '{folder} must belong to this user ({user}) or root, and only its owner may write to it; found owner {owner} and mode {mode}: run chown and chmod go-w, or use another folder',
    zh: '{folder} 应属于当前用户（{user}）或 root，且只有属主可以写入，实际属主为 {owner}，权限为 {mode}：请执行 chown 和 chmod go-w，或换一个目录',
  },
});

export const caError = usageErrors(CA_MESSAGES);

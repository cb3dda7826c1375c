/** Why a server cannot start. */
import { catalogue } from '../../src/text/catalogue.js';
import { usageErrors } from '../../src/text/usage-error.js';

export const SERVER_MESSAGES = catalogue({
  'port.in-use': {
    en: 'port {port} on {host} is in use: set another with {option}, or 0 for a free port',
    zh: '{host} 的端口 {port} 已被占用：请用 {option} 换一个，0 表示任选空闲端口',
  },
  'port.no-permission': {
    en: 'this user may not listen on port {port}: set one above 1023 with {option}',
    zh: '当前用户无权监听端口 {port}：请用 {option} 设置 1023 以上的端口',
  },
  'host.not-of-this-machine': {
    en: '{option} must be an address of this machine, found {"host"}',
    zh: '{option} 应为本机的地址，实际为 {"host"}',
  },
  'allow-host.invalid': {
    en: '{option} must be host names without a port, found {"found"}',
    zh: '{option} 应为不带端口的主机名，实际为 {"found"}',
  },
  'tls.name': {
    en: '{option} must be host names or addresses, found {"found"}',
    zh: '{option} 应为主机名或地址，实际为 {"found"}',
  },
  'tls.folder': {
    en: '{option} must be a folder that this user may write to, found {folder} ({code}): use another folder',
    zh: '{option} 应为当前用户可写的目录，实际为 {folder}（{code}）：请换一个目录',
  },
  'tls.certificate-and-key': {
    en: '--tls-cert {certificate} and --tls-key {key} must be a certificate and its private key in PEM, found other content ({reason}): correct the files',
    zh: '--tls-cert {certificate} 和 --tls-key {key} 应为 PEM 格式的证书和对应的私钥，实际不符（{reason}）：请改正文件',
  },
});

export const serverError = usageErrors(SERVER_MESSAGES);

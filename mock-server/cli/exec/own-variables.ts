/** The variables of the mock that `exec` gives to its command, as the help and the page of the commands list them. */
import type { HelpRow } from '../../../src/text/flag-help.js';
import { PASSWORD } from './java-options.js';

/** A file exists until the command ends. */
export const OWN_VARIABLES = [
  {
    name: 'CMPASSPORT_BASE',
    help: {
      en: 'the address of the mock: the base URL of your client, and of the control API',
      zh: '模拟服务的地址，既是你的服务端的请求地址，也是控制接口的地址',
    },
  },
  {
    name: 'CMPASSPORT_CONTROL_TOKEN',
    help: { en: 'the control token, if you set one', zh: '控制令牌（设置了的话）' },
  },
  {
    name: 'CMPASSPORT_APP_ID',
    help: {
      en: 'the appId of the demo app, or of the first app in the configuration file',
      zh: '演示应用的 appId；用了配置文件时是其中第一个应用的',
    },
  },
  { name: 'CMPASSPORT_APP_KEY', help: { en: 'its appKey', zh: '这个应用的 appKey' } },
  { name: 'CMPASSPORT_APP_SECRET', help: { en: 'its APPSecret', zh: '这个应用的 APPSecret' } },
  {
    name: 'CMPASSPORT_APP_SIGN_KEY',
    help: {
      en: 'the private key of 应用公钥1, in Base64 as at the portal; of the demo app only',
      zh: '应用公钥1 对应的私钥，Base64 格式，与开发者社区里的写法一致；仅限演示应用',
    },
  },
  {
    name: 'CMPASSPORT_APP_DECRYPT_KEY',
    help: { en: 'the same for 应用公钥2', zh: '应用公钥2 对应的私钥，同上' },
  },
  {
    name: 'CMPASSPORT_PLATFORM_PUBLIC_KEY',
    help: { en: '平台公钥, in Base64', zh: '平台公钥，Base64 格式' },
  },
  {
    name: 'CMPASSPORT_APP_SIGN_KEY_FILE',
    help: {
      en: 'a file with the private key of 应用公钥1 (PEM)',
      zh: '应用公钥1 对应的私钥的文件（PEM）',
    },
  },
  {
    name: 'CMPASSPORT_APP_DECRYPT_KEY_FILE',
    help: {
      en: 'a file with the private key of 应用公钥2 (PEM)',
      zh: '应用公钥2 对应的私钥的文件（PEM）',
    },
  },
  {
    name: 'CMPASSPORT_PLATFORM_PUBLIC_KEY_FILE',
    help: { en: 'a file with 平台公钥 (PEM)', zh: '平台公钥的文件（PEM）' },
  },
  {
    name: 'CMPASSPORT_PROXY',
    help: { en: 'with --proxy: the address of the proxy', zh: '加了 --proxy 时：代理的地址' },
  },
  {
    name: 'CMPASSPORT_CA_FILE',
    help: {
      en: 'with --https-port, --proxy or --hosts: the CA certificate (PEM)',
      zh: '加了 --https-port、--proxy 或 --hosts 时：CA 证书（PEM）',
    },
  },
  {
    name: 'CMPASSPORT_TRUST_STORE',
    help: {
      en: `the same in a trust store for Java (PKCS#12, password ${PASSWORD})`,
      zh: `同一张证书，放在 Java 用的信任库里（PKCS#12，密码 ${PASSWORD}）`,
    },
  },
] as const satisfies readonly HelpRow[];

export type OwnVariable = (typeof OWN_VARIABLES)[number]['name'];

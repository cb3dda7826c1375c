/** What `exec --hosts` needs and does not find. */
import { catalogue, textsOf } from '../../../src/text/catalogue.js';
import { usageErrors } from '../../../src/text/usage-error.js';

export const HOSTS_MESSAGES = catalogue({
  'hosts.missing': {
    en: '--hosts cannot lead the names of the carrier to the mock: {missing}. Run it as root on Linux (in a container with the capability SYS_ADMIN), or add "127.0.0.1 {names}" to the hosts file of this machine or container',
    zh: '--hosts 无法让移动认证平台的域名指向模拟服务：{missing}。请在 Linux 上用 root 运行（容器须有 SYS_ADMIN 权限），或在这台机器或容器的 hosts 文件里加上 "127.0.0.1 {names}"',
  },
  'hosts.port-not-permitted': {
    en: '--hosts requires port 443, and this user may not listen on it: run it as root, or allow it with sudo sysctl net.ipv4.ip_unprivileged_port_start=443',
    zh: '--hosts 需要端口 443，当前用户无权监听：请用 root 运行，或执行 sudo sysctl net.ipv4.ip_unprivileged_port_start=443',
  },
  'hosts.port-in-use': {
    en: '--hosts requires port 443 of {address}, which another program uses: stop that program',
    zh: '--hosts 需要 {address} 的端口 443，它已被其他程序占用：请停止那个程序',
  },
  'hosts.https-port': {
    en: '--hosts requires --https-port 443, found {found}: omit --https-port',
    zh: '--hosts 要求 --https-port 为 443，实际为 {found}：请去掉 --https-port',
  },
  'hosts.wildcard': {
    en: 'with --hosts, --tls-name must be whole names, found {"name"}: a hosts file has no wildcards, so list each name',
    zh: '与 --hosts 一起用时，--tls-name 应为完整的域名，实际为 {"name"}：hosts 文件没有通配符，请逐个列出',
  },
});

export const hostsError = usageErrors(HOSTS_MESSAGES);

const WORDS = catalogue({
  'no-linux': {
    en: 'mount namespaces exist on Linux only, found {platform}',
    zh: '挂载命名空间只有 Linux 才有，当前系统为 {platform}',
  },
  'no-unshare': {
    en: 'the program unshare is missing (package util-linux)',
    zh: '缺少程序 unshare（软件包 util-linux）',
  },
  'not-permitted': {
    en: 'this user may not create a mount namespace ({reason})',
    zh: '当前用户无权创建挂载命名空间（{reason}）',
  },
  'other-source': {
    en: 'another source than the hosts file leads them to {addresses}',
    zh: 'hosts 文件以外的来源把它们指向 {addresses}',
  },
  'jvm-only': {
    en: '--hosts leads only the JVMs of the command to the mock, from Java 9 on: {missing}. In them, only names in the hosts file resolve, so download the dependencies before',
    zh: '--hosts 只能让命令里的 JVM（Java 9 及以上）走模拟服务：{missing}。JVM 只能解析 hosts 文件里的域名，请先下载好依赖',
  },
});

export const hostsWords = textsOf(WORDS);

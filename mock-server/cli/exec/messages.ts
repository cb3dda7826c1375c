/** What `exec` says on standard error: about its command and its files, and the words of its summary. */
import { catalogue, textsOf } from '../../../src/text/catalogue.js';

export const EXEC_NOTES = catalogue({
  'exec.failed': { en: 'exec failed: {reason}', zh: 'exec 失败：{reason}' },
  'mock.not-started': {
    en: 'the mock did not start: {reason}',
    zh: '模拟服务没有启动：{reason}',
  },
  'summary.not-written': {
    en: '--json could not be written ({reason}): name a file in a folder that exists and that this user may write to',
    zh: '--json 没有写成（{reason}）：请指定一个已存在、当前用户可写的目录里的文件',
  },
  'report.not-written': {
    en: 'the report could not be written ({reason}): --report must name a folder that this user may write to',
    zh: '报告没有写成（{reason}）：--report 请指定当前用户可写的目录',
  },
  'mock.kept': {
    en: 'the mock stays until Ctrl-C, with its console at {url}',
    zh: '模拟服务保留到按 Ctrl-C 为止，控制台在 {url}',
  },
  'files.not-removed': {
    en: 'the files with keys could not be removed ({reason}): remove their folder',
    zh: '含密钥的文件没有删掉（{reason}）：请手动删除所在目录',
  },
  'variables.left': {
    en: 'these variables are set already and keep their values: {names}',
    zh: '这些环境变量已有值，保持不变：{names}',
  },
  'variables.replaced': {
    en: 'these variables are set already and are replaced, because they do not lead to the mock: {names}. Its proxy refuses other hosts: list those that the command needs in NO_PROXY',
    zh: '这些环境变量已有值，但不通向模拟服务，已替换：{names}。代理拒绝其他域名：命令要访问的请写进 NO_PROXY',
  },
  'certificates.not-read': {
    en: '{names} must name a file with certificates, found {"path"} ({reason}): the command does not get its certificates. Correct the path',
    zh: '{names} 应指定证书文件，实际为 {"path"}（{reason}），其中的证书没有交给命令：请改正路径',
  },
  'command.empty': {
    en: 'the command is an empty text: write a program after "--", or set the variable that should contain it',
    zh: '命令是空的：请在 "--" 之后写要运行的程序；写的是变量时，请先给它赋值',
  },
  'command.no-interpreter': {
    en: 'cannot run {"program"}: it exists, but the interpreter in its first line does not. Install that',
    zh: '无法运行 {"program"}：文件存在，但找不到它第一行指定的解释器，请先安装',
  },
  'command.for-a-shell': {
    en: 'command {"program"} not found: it runs without a shell, so write {line}. Or install it',
    zh: '找不到命令 {"program"}：命令不经过 shell，请写成 {line}；没有安装时请先安装',
  },
  'command.not-found': {
    en: 'command {"program"} not found: check its spelling and PATH, or install it',
    zh: '找不到命令 {"program"}：请检查拼写和 PATH；没有安装时请先安装',
  },
  'command.not-executable': {
    en: 'cannot run {"program"} ({code}): it is a folder or has no permission to execute. Use chmod +x or its interpreter',
    zh: '无法运行 {"program"}（{code}）：它是目录，或者没有执行权限。请用 chmod +x，或写上解释器',
  },
  'command.wrong-path': {
    en: 'cannot run {"program"} ({code}): correct its path',
    zh: '无法运行 {"program"}（{code}）：请改正路径',
  },
  'command.refused': {
    en: 'cannot run {"program"} ({code}): the system does not start it. Try it without exec',
    zh: '无法运行 {"program"}（{code}）：系统没有启动它，请先不用 exec 试一次',
  },
  'command.on-windows': {
    en: '{reason}. On Windows, write -- cmd /c for a batch file such as mvn, gradlew or npm',
    zh: '{reason}。在 Windows 上，mvn、gradlew、npm 等批处理文件请写成 -- cmd /c …',
  },
  'requests.none': {
    en: 'the command succeeded, but no request reached the carrier: {cause}. If that is intended, add --allow-no-request',
    zh: '命令成功了，但没有请求到达模拟服务：{cause}。如果本来就不发请求，请加 --allow-no-request',
  },
  'requests.none-failed': {
    en: 'the command failed, and no request reached the carrier: {cause}',
    zh: '命令失败了，而且没有请求到达模拟服务：{cause}',
  },
  'cached.go': {
    en: '{cause}. go test does not run tests again whose result it has cached: add -count=1',
    zh: '{cause}。go test 不会重跑已缓存结果的测试：请加 -count=1',
  },
  'cached.gradle': {
    en: '{cause}. Gradle does not run a test task that is up to date: add --rerun-tasks',
    zh: '{cause}。Gradle 不会重跑没有变化（UP-TO-DATE）的测试任务：请加 --rerun-tasks',
  },
  'base.set-already': {
    en: 'CMPASSPORT_BASE was set already, to another address',
    zh: 'CMPASSPORT_BASE 已有值，是另一个地址',
  },
  'base.not-used': {
    en: 'set the base URL of your client to $CMPASSPORT_BASE ({url}), or use --hosts or --proxy if its address is hard-coded',
    zh: '请把调用方的请求地址设为 $CMPASSPORT_BASE（{url}），地址写死的调用方请加 --hosts 或 --proxy',
  },
});

export const execNote = textsOf(EXEC_NOTES);

const SUMMARY = catalogue({
  'loses-client': {
    en: '  exec fails, because a client did not reach the carrier. If that is intended, add --allow-no-request',
    zh: '  有调用方没有连上模拟服务，exec 判为失败。如果本来就该这样，请加 --allow-no-request',
  },
  'no-request': { en: 'no request reached the carrier', zh: '没有请求到达模拟服务' },
  request: {
    en: '{requests} request reached the carrier, {refused} refused',
    zh: '模拟服务收到 {requests} 个请求，拒绝 {refused} 个',
  },
  requests: {
    en: '{requests} requests reached the carrier, {refused} refused',
    zh: '模拟服务收到 {requests} 个请求，拒绝 {refused} 个',
  },
  strict: {
    en: '  {mistakes}× a mistake that the carrier may refuse: --strict fails the run',
    zh: '  有 {mistakes} 处错误真实平台可能拒绝，--strict 因此判为失败',
  },
  forced: { en: '  {forced} refused because a test forced it', zh: '  {forced} 个强制返回' },
  cause: { en: '{count}× {head}  {title}', zh: '{count}× {head}  {title}' },
  'no-app': { en: 'a request without an appId', zh: '没有 appId 的请求' },
  app: { en: 'app {appId}', zh: '应用 {appId}' },
  'app-named': { en: 'app {"appName"} ({appId})', zh: '应用 {"appName"}（{appId}）' },
  refusal: { en: '{count}× {head}  {verdict}', zh: '{count}× {head}  {verdict}' },
  'refusal-again': {
    en: '{count}× {head}  {title}, as above',
    zh: '{count}× {head}  {title}，同上',
  },
  'string-to-sign': { en: '   string to sign: {stringToSign}', zh: '   签名原文：{stringToSign}' },
  difference: {
    en: '   the client signed {found} instead of {expected}',
    zh: '   调用方签的是 {found}，应为 {expected}',
  },
  next: { en: '   after the fix: {next}', zh: '   改正之后：{next}' },
  missing: {
    en: '   after the fix: unknown without {missing}',
    zh: '   改正之后：未知，缺少{missing}',
  },
  remark: { en: '{count}× remark  {title} [{finding}]', zh: '{count}× 提示  {title} [{finding}]' },
  'unused-script': {
    en: 'unused script: {appId} {operation}: {remaining}',
    zh: '没有用完的脚本：{appId} {operation}：{remaining}',
  },
  'basis-one': { en: 'of 1 response that no test forced', zh: '没有强制返回的 1 个响应' },
  basis: {
    en: 'of the {responses} responses that no test forced',
    zh: '没有强制返回的 {responses} 个响应',
  },
  more: {
    en: 'and {left} more (--report <dir> has all)',
    zh: '另有 {left} 项（--report <dir> 写出全部）',
  },
});

export const summaryWords = textsOf(SUMMARY);

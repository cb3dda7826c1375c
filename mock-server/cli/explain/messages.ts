/** Why `explain` cannot read a capture or a file. */
import { catalogue, textsOf } from '../../../src/text/catalogue.js';
import { usageErrors } from '../../../src/text/usage-error.js';

/** Said of a request: `the request curl.txt is a curl command that …`. */
const CAPTURE_MESSAGES = catalogue({
  'capture.empty': { en: 'is empty: {accepted}', zh: '是空的：{accepted}' },
  'capture.unknown': {
    en: 'has no fields of a request, found {found}: {accepted}',
    zh: '里找不到请求的字段，实际为 {found}：{accepted}',
  },
  'capture.accepted': {
    en: 'paste what was sent, as any text with the names and values of the fields: JSON, a log, a curl command, a HAR file, an HTTP message, a dump of a map or an object',
    zh: '请粘贴发送的内容，只要含有字段名和值就行：JSON、日志、curl 命令、HAR 文件、HTTP 报文、Map 或对象打印出来的文本',
  },
  'capture.cut-off': {
    en: 'is cut off after {field}: the text ends before the request does. Paste the complete request',
    zh: '在 {field} 之后截断了：文本没有到请求的末尾。请粘贴完整的请求',
  },
  'capture.other-app': {
    en: 'has the appid {"found"}, but --app has {known}: use the file of the app that sent the request',
    zh: '的 appid 是 {"found"}，而 --app 里的应用是 {known}：请换成发送这个请求的应用的文件',
  },
  'capture.masked-app': {
    en: 'has the masked appid {"found"}, so its app is unknown: write the complete appid',
    zh: '的 appid 是打码后的（{"found"}），不知道是哪个应用：请写完整的 appid',
  },
  'capture.other-address': {
    en: 'has the path {path}, which is {found}: explain supports {addresses}',
    zh: '的路径为 {path}，这是{found}：explain 支持 {addresses}',
  },
  'capture.no-address': {
    en: 'has the path {path}, which is not an address of the carrier: explain supports {addresses}',
    zh: '的路径为 {path}，不是移动认证平台的接口地址：explain 支持 {addresses}',
  },
  'command.too-long': {
    en: 'has a command of more than {max} characters: keep that of one request',
    zh: '的命令超过 {max} 个字符：请只保留发送一个请求的命令',
  },
  'curl.file': {
    en: 'is a curl command that sends the file {name}, whose content is missing: replace {written} by the content',
    zh: '是 curl 命令，但发送的是文件 {name}，而命令里没有它的内容：请把 {written} 换成文件的内容',
  },
  'curl.form': {
    en: 'is a curl command that sends a form (-F or --data-urlencode): the carrier accepts one JSON object, sent with -d',
    zh: '是 curl 命令，但发送的是表单（-F 或 --data-urlencode）：移动认证平台只接受一个 JSON 对象，请用 -d 发送',
  },
  'curl.no-address': {
    en: 'is a curl command that has no address: add it',
    zh: '是 curl 命令，但没有地址：请补上',
  },
  'curl.expansion': {
    en: 'is a curl command that contains {found}, which only the original shell can expand: replace it by its value',
    zh: '是 curl 命令，但含有 {found}，只有原来的 shell 才能展开：请换成它的值',
  },
  'curl.open-quote': {
    en: 'is a curl command that has a quote ({quote}) that is never closed',
    zh: '是 curl 命令，但有一个引号（{quote}）没有闭合',
  },
  'http-file.variables': {
    en: 'is an .http file whose variables {names} have no value in it: replace them by what was sent',
    zh: '是 .http 文件，但变量 {names} 在文件里没有值：请换成发送时的值',
  },
  'http.no-body': {
    en: 'has the headers of a request, but not its body, which Content-Length announces: add the body after an empty line. For the output of curl -v, add the curl command before it',
    zh: '只有请求头，没有 Content-Length 所说的请求体：请空一行后补上请求体；curl -v 的输出请把 curl 命令也放在前面',
  },
  'http.chunks': {
    en: 'is an HTTP message with a body in chunks: put the decoded body after the headers',
    zh: '是 HTTP 报文，但请求体是 chunked 编码：请在请求头之后写解码后的请求体',
  },
  'http.header': {
    en: 'is an HTTP message with an invalid header line, found {found}: put an empty line before the body',
    zh: '是 HTTP 报文，但请求头有一行格式不对，实际为 {found}：请在请求体前空一行',
  },
  'json.response': {
    en: 'is a response of the carrier, not a request: add the request',
    zh: '是移动认证平台的响应，不是请求：请补上请求',
  },
  'json.app': { en: 'is an app, not a request', zh: '是应用，不是请求' },
  'json.no-requests': { en: 'has no requests', zh: '不含任何请求' },
  'json.empty-list': { en: 'is an empty list', zh: '是空列表' },
  'json.no-request': {
    en: 'is JSON, but not a request: it has neither the fields of the document, nor method, url, headers and body',
    zh: '是 JSON，但不是请求：既没有文档中的字段，也没有 method、url、headers 和 body',
  },
  'json.headers': {
    en: 'has headers in an unknown format: use an object, or a list of objects with name and value',
    zh: '的 headers 格式无法识别：请用对象，或由含 name 和 value 的对象组成的列表',
  },
  'json.broken-description': {
    en: 'describes a request (it has "{name}"), but is not JSON: write the body of the request as a string',
    zh: '描述了一个请求（含有 "{name}"），但不是合法的 JSON：请把请求体写成字符串',
  },
  'json.no-body': {
    en: 'describes a request without its body, found {found}: add "body" as a string, "" if none was sent',
    zh: '描述的请求里没有请求体，实际有 {found}：请用字符串写在 "body" 里，没有发送请求体就写 ""',
  },
  'powershell.no-address': {
    en: 'is a PowerShell command without -Uri: add the address',
    zh: '是 PowerShell 命令，但没有 -Uri：请补上地址',
  },
  'powershell.body': {
    en: 'is a PowerShell command whose -Body is not a string: replace it by the body in quotes',
    zh: '是 PowerShell 命令，但 -Body 不是字符串：请换成加了引号的请求体',
  },
});

/** What is wrong with a capture, after its name. */
export const problem = textsOf(CAPTURE_MESSAGES);

export const requestFile = textsOf(
  catalogue({ named: { en: 'the request {file}', zh: '请求 {file}' } }),
);

export const EXPLAIN_MESSAGES = catalogue({
  'explain.file-too-large': {
    en: 'has more than {max} MiB: keep only the part that is needed',
    zh: '超过 {max} MiB，请只保留需要的部分',
  },
  'explain.request': {
    en: 'the request {file} {problem}',
    zh: '请求 {file} {problem}',
  },
  'explain.standard-input': {
    en: 'the request (standard input) {problem}',
    zh: '请求（标准输入）{problem}',
  },
});

export const explainError = usageErrors(EXPLAIN_MESSAGES);

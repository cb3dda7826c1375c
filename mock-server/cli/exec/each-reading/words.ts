/** The words of `--each-reading`: its progress and its result. */
import { catalogue, textsOf } from '../../../../src/text/catalogue.js';

const WORDS = catalogue({
  red: {
    en: '--each-reading needs a green run first: the command did not run again',
    zh: '--each-reading 要在测试通过之后才能进行：没有再次运行命令',
  },
  start: {
    en: '{affected} of {options} other options of the readings change an answer of this run: the command runs again with each',
    zh: '解释口径的 {options} 个其他选项中，有 {affected} 个会改变这次运行的响应：逐个再运行一次命令',
  },
  'start-all': {
    en: 'more than {limit} requests: the command runs again with each of the {options} other options of the readings',
    zh: '请求超过 {limit} 个：解释口径的 {options} 个其他选项，逐个再运行一次命令',
  },
  progress: {
    en: '[{at}/{affected}] {id} {option}: exit status {status}',
    zh: '[{at}/{affected}] {id} {option}：退出码 {status}',
  },
  none: {
    en: 'your green run rests on no sentence that the carrier never clarified: of {options} other options, the command succeeds with the {runs} that change an answer',
    zh: '测试通过与文档没有写清楚的话无关：{options} 个其他选项中，有 {runs} 个会改变响应，取这些选项时命令也都成功',
  },
  one: {
    en: 'your green run rests on 1 sentence that the carrier never clarified',
    zh: '测试能否通过，取决于文档里没有写清楚的 1 句话',
  },
  some: {
    en: 'your green run rests on {sentences} sentences that the carrier never clarified',
    zh: '测试能否通过，取决于文档里没有写清楚的 {sentences} 句话',
  },
  heading: { en: '{id}: {title} ({section})', zh: '{id}：{title}（{section}）' },
  sentence: { en: 'the document: “{sentence}”', zh: '文档：“{sentence}”' },
  assumed: { en: 'the tests pass with {option}: {meaning}', zh: '取 {option} 时通过：{meaning}' },
  failing: {
    en: 'they fail with {option}: {meaning} (exit status {status})',
    zh: '取 {option} 时失败：{meaning}（退出码 {status}）',
  },
  code: {
    en: 'app {"app"}: {before} became {after}',
    zh: '应用 {"app"}：{before} → {after}',
  },
  form: {
    en: 'app {"app"}: the same codes, other fields or effects',
    zh: '应用 {"app"}：返回码相同，字段或效果不同',
  },
  'no-request': { en: 'no request', zh: '没有请求' },
  more: { en: 'and {left} more apps', zh: '另有 {left} 个应用' },
  output: { en: 'output: {output}', zh: '输出：{output}' },
  question: {
    en: 'ask the carrier: {title}: {choices}?',
    zh: '请向移动认证平台询问：{title}，{choices}？',
  },
  next: {
    en: 'Or observe it with contract calibrate. Then use --calibration, or set the option in readings of the configuration',
    zh: '也可以用 contract calibrate 测出来。然后使用 --calibration，或者写进配置文件的 readings',
  },
});

export const eachReadingWords = textsOf(WORDS);

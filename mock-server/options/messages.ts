/** What is wrong with an option, a configuration file or a file with a secret. */
import { catalogue, inEnglish } from '../../src/text/catalogue.js';
import { usageErrors } from '../../src/text/usage-error.js';

export const OPTION_MESSAGES = catalogue({
  'option.invalid': {
    en: '{name} must {must}, found {"found"}',
    zh: '{name} 应{must}，实际为 {"found"}',
  },
  // The value is a secret.
  'option.invalid-secret': { en: '{name} must {must}', zh: '{name} 应{must}' },
  'option.unknown': inEnglish('unknown option {"name"}; {hint}'),
  'option.no-effect': {
    en: '{option} has no effect without {needed}: set it, or omit {option}',
    zh: '{option} 要与 {needed} 一起用：请加上它，或去掉 {option}',
  },
  'option.seed-and-store': {
    en: '{seed} and {store} exclude each other: the seed generates the same ids after each start, and the store still has those of the last start. Omit one of the two',
    zh: '{seed} 与 {store} 不能同时使用：种子让每次启动生成相同的 id，而 Redis 里还有上次启动的数据。请去掉其中一个',
  },
  'options.not-an-object': inEnglish('options must be an object, found {"found"}'),
  'middleware.body-is-read': inEnglish(
    'the body of this request was read before createCarrierMiddleware: mount the middleware before body parsers such as express.json()',
  ),
  'configuration.not-a-regular-file': {
    en: 'only a regular file is read again, found something else, such as a pipe: use a file, or restart',
    zh: '只能重新读取普通文件，实际是管道等其他类型：请换成普通文件，或重启',
  },
  'configuration.two-calibrations': {
    en: 'configuration {file}: contains a calibration, and --calibration is set too: omit one of them',
    zh: '配置文件 {file}：已含 calibration，又指定了 --calibration：请去掉其中一个',
  },
  'team.token-of-server': {
    en: 'the team {team} has the control token of the server, which opens every app: give the team a token of its own',
    zh: '团队 {team} 的控制令牌与服务的相同，而服务的令牌能访问所有应用：请给团队换一个令牌',
  },
  'password.no-store': {
    en: '{source} is set, but --store is not the address of a Redis: set --store, or omit the password',
    zh: '设置了 {source}，但 --store 不是 Redis 地址：请设置 --store，或去掉密码',
  },
  'password.also-in-store': {
    en: '{source} is set, and the address in --store contains a password too: omit one of them',
    zh: '设置了 {source}，--store 的地址里也有密码：请去掉其中一个',
  },
  'secret.set-twice': {
    en: '{one} and {other} are both set: omit one of them',
    zh: '{one} 与 {other} 同时设置了：请去掉其中一个',
  },
  'secret.invalid': { en: 'must {must}', zh: '应{must}' },
  'secret.empty': {
    en: 'is empty: write {secret} into it',
    zh: '是空文件：请写入{secret}',
  },
});

export const optionError = usageErrors(OPTION_MESSAGES);

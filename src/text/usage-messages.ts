/** What is wrong with a file that a user names. */
import { catalogue } from './catalogue.js';

export const USAGE_MESSAGES = catalogue({
  'json.invalid': {
    en: 'is not JSON ({mistake}): correct it',
    zh: '不是合法的 JSON（{mistake}），请改正',
  },
  'file.not-found': {
    en: 'the file does not exist: correct the path',
    zh: '文件不存在，请改正路径',
  },
  'file.not-below-a-folder': {
    en: 'part of the path is not a folder: correct the path',
    zh: '路径中有一级不是目录，请改正路径',
  },
  'file.folder': { en: 'is a folder, not a file: use a file', zh: '这是目录，请指定文件' },
  'file.link-to-itself': {
    en: 'is a link to itself: use a file',
    zh: '这是指向自身的链接，请指定文件',
  },
  'file.no-permission': {
    en: 'this user may not read it: change its permissions',
    zh: '当前用户没有读取权限，请修改权限',
  },
  'file.unreadable': {
    en: 'cannot be read ({reason}): use another file',
    zh: '无法读取（{reason}），请换一个文件',
  },
  'file.not-writable': {
    en: '{setting} must be writable, found {path} ({code}). Choose another path.',
    zh: '{setting} 应可写，实际为 {path}（{code}）。请换一个路径。',
  },
});

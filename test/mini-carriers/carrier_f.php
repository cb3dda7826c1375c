<?php
// Carrier F: PHP, everything cast to text, one table of parameter messages, all keys always there.
date_default_timezone_set('Asia/Shanghai');
$file = getenv('STATE');
$apps = [];
foreach (json_decode(file_get_contents(getenv('APPS')), true) as $a) $apps[$a['appId']] = $a;
$lock = fopen("$file.lock", 'c'); flock($lock, LOCK_EX);
$state = file_exists($file) ? json_decode(file_get_contents($file), true) : ['tokens' => [], 'seen' => [], 'ahead' => 0];
function save() { global $state, $file; file_put_contents($file, json_encode($state)); }
function nowMs() { global $state; return (int)floor(microtime(true) * 1000) + $state['ahead']; }
function now17() { $ms = nowMs(); return date('YmdHis', intdiv($ms, 1000)) . sprintf('%03d', $ms % 1000); }
function newId() { $t = ''; for ($i = 0; $i < 24; $i++) $t .= random_int(0, 9); return $t; }
function out($value, $status = 200) { http_response_code($status); header('Content-Type: text/html; charset=UTF-8'); echo json_encode($value, JSON_UNESCAPED_UNICODE); exit; }
$raw = file_get_contents('php://input');
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/mint') { $in = json_decode($raw, true); $t = sprintf('STsid000000%013d%s', nowMs(), bin2hex(random_bytes(16)));
  $state['tokens'][$t] = ['app' => $in['appId'], 'phone' => $in['phone'], 'op' => $in['operation'], 'at' => nowMs(), 'used' => false]; save(); out(['token' => $t]); }
if ($path === '/clock') { $in = json_decode($raw, true); $state['ahead'] += $in['advanceMs']; save(); out(['ok' => 1]); }
if ($path !== '/unisdk/rsapi/loginTokenValidate' && $path !== '/openapi/rs/tokenValidate') { http_response_code(404); header('Content-Type: text/html'); echo '<h1>404 Not Found</h1>'; exit; }
function text($v) { if (is_array($v)) return 'Array'; if ($v === true) return '1'; if ($v === false || $v === null) return ''; return (string)$v; }
function key_of($b64, $kind) { return "-----BEGIN $kind KEY-----\n" . chunk_split($b64, 64, "\n") . "-----END $kind KEY-----\n"; }
// PHP drops a byte order mark here.
if (substr($raw, 0, 3) === "\xEF\xBB\xBF") $raw = substr($raw, 3);
$json = json_decode($raw, true);
$login = $path === '/unisdk/rsapi/loginTokenValidate';
if ($login) {
  $m = [];
  $done = function ($code, $desc, $more = []) use (&$m) {
    out(array_merge(['inresponseto' => $m['msgid'] ?? null, 'systemtime' => now17(), 'resultCode' => $code, 'desc' => $desc, 'msisdn' => '', 'taskId' => ''], $more)); };
  if (!is_array($json)) $done('103412', '无效的请求');
  foreach ($json as $k => $v) $m[$k] = text($v);
  if (!isset($m['appid']) || !isset($apps[$m['appid']])) $done('103119', 'appid不存在');
  $app = $apps[$m['appid']];
  foreach (['version', 'msgid', 'systemtime', 'strictcheck', 'token', 'sign'] as $name)
    if (!isset($m[$name]) || $m[$name] === '') $done($name === 'token' ? '103811' : '103414', "缺少参数$name");
  if (mb_strlen($m['msgid']) > 36) $done('103414', 'msgid过长');
  if (!preg_match('/^\d{17}$/', $m['systemtime'])) $done('103414', 'systemtime格式错误');
  $at = mktime(...array_map('intval', [substr($m['systemtime'], 8, 2), substr($m['systemtime'], 10, 2), substr($m['systemtime'], 12, 2), substr($m['systemtime'], 4, 2), substr($m['systemtime'], 6, 2), substr($m['systemtime'], 0, 4)])) * 1000;
  if (abs($at - nowMs()) > 600000) $done('103414', '请求已过期');
  $rsa = ($m['encryptionalgorithm'] ?? '') === 'RSA';
  if ($rsa) $good = ctype_xdigit($m['sign']) && strlen($m['sign']) % 2 === 0 && openssl_verify($m['appid'] . $m['token'], hex2bin($m['sign']), key_of($app['appSignPublicKey'], 'PUBLIC'), OPENSSL_ALGO_SHA256) === 1;
  else $good = strtoupper(md5($m['appid'] . $m['version'] . $m['msgid'] . $m['systemtime'] . $m['strictcheck'] . $m['token'] . $app['appSecret'])) === $m['sign'];
  if (!$good) $done('103101', '签名错误');
  if (strlen($m['token']) !== 56) $done('103113', 'token格式错误');
  if (isset($state['seen'][$m['msgid']])) $done('103412', '重复请求');
  $state['seen'][$m['msgid']] = 1; save();
  $t = $state['tokens'][$m['token']] ?? null;
  if ($t === null || $t['used'] || nowMs() - $t['at'] >= 120000) $done('104201', 'token失效');
  if ($t['app'] !== $m['appid']) $done('103133', 'sourceid不合法');
  if ($t['op'] !== 'loginTokenValidate') $done('105018', '用户权限不足');
  $state['tokens'][$m['token']]['used'] = true; save();
  $msisdn = $t['phone'];
  if ($rsa) { openssl_public_encrypt($msisdn, $c, key_of($app['appEncryptPublicKey'], 'PUBLIC')); $msisdn = strtoupper(bin2hex($c)); }
  $done('103000', 'success', ['msisdn' => $msisdn, 'taskId' => newId()]);
}
$m = [];
$done = function ($code, $desc, $more = []) use (&$m) {
  out(['body' => array_merge(['message' => $m['message'] ?? '', 'resultDesc' => $desc, 'taskId' => newId(), 'expandParams' => $m['expandParams'] ?? '', 'accessToken' => ''], $more), 'header' => ['appId' => $m['appId'] ?? '', 'msgId' => $m['msgId'] ?? '', 'resultCode' => $code, 'timestamp' => now17()]]); };
if (!is_array($json)) $done('303', '参数解析错误');
if (!isset($json['header']) || !isset($json['body']) || !is_array($json['header']) || !is_array($json['body'])) $done('303', '缺少header或body');
foreach ($json['header'] + $json['body'] as $k => $v) $m[$k] = text($v);
if (!isset($m['appId']) || !isset($apps[$m['appId']])) $done('302', '应用不存在');
$app = $apps[$m['appId']];
foreach (['version', 'msgId', 'timestamp', 'requesterType', 'phoneNum', 'token', 'sign'] as $name)
  if (!isset($m[$name]) || $m[$name] === '') $done('102', "缺少参数$name");
if ($m['version'] !== '1.0') $done('102', 'version不支持');
if ($m['requesterType'] === '0' && !in_array($m['openType'] ?? '', ['0', '1', '2', '3'], true)) $done('102', 'openType错误');
if (!preg_match('/^\d{17}$/', $m['timestamp'])) $done('102', 'timestamp格式错误');
$rsa = ($m['keyType'] ?? '') === '1';
if (!$rsa && !preg_match('/^[0-9A-F]{64}$/', $m['phoneNum'])) $done('004', '加密手机号码错误');
$signed = $m['appId'] . $m['msgId'] . $m['phoneNum'] . $m['timestamp'] . $m['token'] . $m['version'];
if ($rsa) $good = openssl_verify($signed, (string)base64_decode($m['sign']), key_of($app['appSignPublicKey'], 'PUBLIC'), OPENSSL_ALGO_MD5) === 1;
else $good = strtoupper(hash_hmac('sha256', $signed, $app['appKey'])) === $m['sign'];
if (!$good) $done('302', 'sign校验失败');
$clear = '';
if ($rsa && (!openssl_private_decrypt((string)base64_decode($m['phoneNum']), $clear, key_of($app['platformPrivateKey'], 'PRIVATE')) || substr($clear, -17) !== $m['timestamp'])) $done('004', '解密失败');
$t = $state['tokens'][$m['token']] ?? null;
if ($t === null || $t['used'] || $t['app'] !== $m['appId'] || $t['op'] !== 'tokenValidate' || nowMs() - $t['at'] >= 120000) $done('606', '验证Token失败');
$state['tokens'][$m['token']]['used'] = true; save();
$own = $t['phone'] . $app['appKey'] . $m['timestamp'];
$is = $rsa ? $clear === $own : strtoupper(hash('sha256', $own)) === $m['phoneNum'];
$done($is ? '000' : '001', $is ? '是本机号码' : '非本机号码');

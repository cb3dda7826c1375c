<?php
// Login with MD5, then verify with HMAC: PHP 8, standard library only (streams, no curl). Run: php first_exchange.php
declare(strict_types=1);

define('BASE', env('CMPASSPORT_BASE', 'http://127.0.0.1:10086'));
define('APP_ID', env('CMPASSPORT_APP_ID', '300000000001'));
define('APP_KEY', env('CMPASSPORT_APP_KEY', '5A1E0C9B7D3F4826B1907E6C42D8AF35'));
define('APP_SECRET', env('CMPASSPORT_APP_SECRET', 'C7B2094E1F6D4A58803A95E7D2146BFC'));
// Optional: only this operation, this token instead of a new one, and the code to force.
define('OPERATION', env('CMPASSPORT_OPERATION', ''));
define('TOKEN', env('CMPASSPORT_TOKEN', ''));
define('RESULT_CODE', env('CMPASSPORT_RESULT_CODE', ''));
const PHONE = '13800138000';

function login(string $token): array
{
    [$msgid, $systemtime] = [newMsgId(), beijingTime()];
    $sign = strtoupper(md5(APP_ID . '2.0' . $msgid . $systemtime . '0' . $token . APP_SECRET));
    return post('/unisdk/rsapi/loginTokenValidate', [
        'version' => '2.0', 'msgid' => $msgid, 'systemtime' => $systemtime, 'strictcheck' => '0',
        'appid' => APP_ID, 'token' => $token, 'sign' => $sign,
    ]);
}

function verify(string $token, string $phone): array
{
    [$msgId, $timestamp] = [newMsgId(), beijingTime()];
    $phoneNum = strtoupper(hash('sha256', $phone . APP_KEY . $timestamp));
    $sign = strtoupper(hash_hmac('sha256', APP_ID . $msgId . $phoneNum . $timestamp . $token . '1.0', APP_KEY));
    return post('/openapi/rs/tokenValidate', [
        'header' => ['version' => '1.0', 'msgId' => $msgId, 'timestamp' => $timestamp, 'appId' => APP_ID],
        'body' => ['openType' => '1', 'requesterType' => '0', 'keyType' => '0',
            'phoneNum' => $phoneNum, 'token' => $token, 'sign' => $sign],
    ]);
}

/** Returns a token like the one that the SDK in the phone gets. */
function mint(string $capability): string
{
    if (TOKEN !== '') {
        return TOKEN;
    }
    $minted = post('/_mock/apps/' . APP_ID . '/tokens', ['phoneNumber' => PHONE, 'capability' => $capability]);
    return $minted['token'] ?? exit(json_encode($minted) . "\n");
}

function post(string $path, array $value): array
{
    $header = 'Content-Type: application/json' . (RESULT_CODE === '' ? '' : "\r\nX-Mock-Result-Code: " . RESULT_CODE);
    $http = ['method' => 'POST', 'header' => $header, 'content' => json_encode($value), 'ignore_errors' => true];
    $response = file_get_contents(BASE . $path, false, stream_context_create(['http' => $http]));
    return json_decode((string) $response, true, 512, JSON_THROW_ON_ERROR);
}

function newMsgId(): string
{
    return bin2hex(random_bytes(16));
}

function beijingTime(): string
{
    return (new DateTimeImmutable('now', new DateTimeZone('Asia/Shanghai')))->format('YmdHisv');
}

function env(string $name, string $fallback): string
{
    $value = getenv($name);
    return $value === false ? $fallback : $value;
}

$passed = true;
if (OPERATION !== 'tokenValidate') {
    $login = login(mint('loginTokenValidate'));
    echo $login['resultCode'], ' ', $login['msisdn'] ?? '', "\n";
    $passed = $login['resultCode'] === '103000' && $login['msisdn'] === PHONE;
}
if (OPERATION !== 'loginTokenValidate') {
    $verify = verify(mint('tokenValidate'), PHONE);
    echo $verify['header']['resultCode'], ' ', $verify['body']['resultDesc'], "\n";
    $passed = $passed && $verify['header']['resultCode'] === '000';
}
exit($passed ? 0 : 1);

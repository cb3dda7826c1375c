<?php
// Login with MD5, then verify with HMAC; with CMPASSPORT_OPERATION=h5TokenValidate the login of a page with RSA.
// PHP 8, standard library only (streams, no curl; RSA and AES need its openssl extension). Run: php first_exchange.php
declare(strict_types=1);

define('BASE', env('CMPASSPORT_BASE', 'http://127.0.0.1:10086'));
define('APP_ID', env('CMPASSPORT_APP_ID', '300000000001'));
define('APP_KEY', env('CMPASSPORT_APP_KEY', '5A1E0C9B7D3F4826B1907E6C42D8AF35'));
define('APP_SECRET', env('CMPASSPORT_APP_SECRET', 'C7B2094E1F6D4A58803A95E7D2146BFC'));
// Optional: only this operation, this token instead of a new one, and the code to force.
define('OPERATION', env('CMPASSPORT_OPERATION', ''));
define('TOKEN', env('CMPASSPORT_TOKEN', ''));
define('RESULT_CODE', env('CMPASSPORT_RESULT_CODE', ''));
// For h5TokenValidate: the private key of 应用公钥1 (PKCS#8 in Base64), and the userInformation of a given token.
define('SIGN_KEY', env('CMPASSPORT_APP_SIGN_KEY', ''));
define('USER_INFORMATION', env('CMPASSPORT_USER_INFORMATION', ''));
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

function h5(string $token, string $userInformation): array
{
    if (SIGN_KEY === '') {
        throw new RuntimeException('set CMPASSPORT_APP_SIGN_KEY');
    }
    [$traceId, $timestamp] = [newMsgId(), beijingTime()];
    $key = "-----BEGIN PRIVATE KEY-----\n" . chunk_split(SIGN_KEY, 64, "\n") . "-----END PRIVATE KEY-----\n";
    openssl_sign(APP_ID . $traceId . $timestamp . $token . '2.0', $signature, $key, OPENSSL_ALGO_SHA256);
    $headers = ['interfaceVersion: 2.0', 'appId: ' . APP_ID, "traceId: $traceId", "timestamp: $timestamp", 'businessType: 8'];
    return post('/h5/onekeylogin/tokenValidate', [
        'token' => $token, 'sign' => strtoupper(bin2hex($signature)), 'userInformation' => $userInformation,
    ], $headers);
}

/** The key is the text of the first 16 characters of the appKey. */
function decrypted(string $msisdn): string
{
    return openssl_decrypt($msisdn, 'aes-128-ecb', str_pad(substr(APP_KEY, 0, 16), 16, '0'));
}

/** Returns a token like the one that the SDK in the phone gets. */
function mint(string $capability): string
{
    return minted($capability)['token'];
}

/** In a page, the SDK returns userInformation with the token. */
function minted(string $capability): array
{
    if (TOKEN !== '') {
        return ['token' => TOKEN, 'userInformation' => USER_INFORMATION];
    }
    $minted = post('/_mock/apps/' . APP_ID . '/tokens', ['phoneNumber' => PHONE, 'capability' => $capability]);
    return isset($minted['token']) ? $minted : exit(json_encode($minted) . "\n");
}

function post(string $path, array $value, array $headers = []): array
{
    $forced = RESULT_CODE === '' ? [] : ['X-Mock-Result-Code: ' . RESULT_CODE];
    $header = implode("\r\n", ['Content-Type: application/json', ...$headers, ...$forced]);
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
if (in_array(OPERATION, ['', 'loginTokenValidate'], true)) {
    $login = login(mint('loginTokenValidate'));
    echo $login['resultCode'], ' ', $login['msisdn'] ?? '', "\n";
    $passed = $login['resultCode'] === '103000' && $login['msisdn'] === PHONE;
}
if (in_array(OPERATION, ['', 'tokenValidate'], true)) {
    $verify = verify(mint('tokenValidate'), PHONE);
    echo $verify['header']['resultCode'], ' ', $verify['body']['resultDesc'], "\n";
    $passed = $passed && $verify['header']['resultCode'] === '000';
}
if (OPERATION === 'h5TokenValidate') {
    $minted = minted('h5TokenValidate');
    $h5 = h5($minted['token'], $minted['userInformation']);
    $number = isset($h5['data']) ? decrypted($h5['data']['msisdn']) : '';
    echo $h5['resultCode'], ' ', $number, "\n";
    $passed = $h5['resultCode'] === '103000' && $number === PHONE;
}
if (!in_array(OPERATION, ['', 'loginTokenValidate', 'tokenValidate', 'h5TokenValidate'], true))
    throw new Exception('This program has no ' . OPERATION . '.');
exit($passed ? 0 : 1);

<?php
// A template: ../fill-template.ts explains the marks. Run as it is, it sends each kind of request to a mock. // {{ purpose }}
// Signed with MD5. // {{ if md5 }}
// Signed with HMACSHA256. // {{ if hmac }}
// Signed with RSA (SHA256withRSA). // {{ if loginTokenValidate and rsa }}
// Signed with RSA (MD5withRSA). // {{ if tokenValidate and rsa }}
// PHP 8 with its openssl extension, standard library only. Run: php result_code.php // {{ if rsa }}
// PHP 8, standard library only. Run: php result_code.php // {{ if not rsa }}
declare(strict_types=1);

// {{ if loginTokenValidate }}
const LOGIN_URL = 'http://127.0.0.1:10086/unisdk/rsapi/loginTokenValidate'; // {{ url }}
// {{ end }}
// {{ if tokenValidate }}
const VERIFY_URL = 'http://127.0.0.1:10086/openapi/rs/tokenValidate'; // {{ url }}
// {{ end }}
// {{ if header }}
const RESULT_CODE = '103000'; // {{ header }}
// {{ end }}
// {{ if token }}
const TOKEN = 'STsid0000001500000000000NEVERMINTEDNEVERMINTEDNEVERMINTE'; // {{ token }}
// {{ end }}
// {{ if body }}
const BODY = '{"version":'; // {{ body }}
// {{ end }}
// {{ if app }}
const CONTROL_URL = 'http://127.0.0.1:10086/_mock'; // {{ controlUrl }}
const APP_ID = 'atlas-template'; // {{ ownAppId }}
const APP = '{"appId":"atlas-template","generateKeys":true}'; // {{ app }}
// {{ end }}
// {{ if otherApp }}
const OTHER_APP_ID = 'atlas-template-other'; // {{ otherAppId }}
const OTHER_APP = '{"appId":"atlas-template-other"}'; // {{ otherApp }}
// {{ end }}
// {{ if loginTokenValidate and mint }}
const LOGIN_PHONE = '{"phoneNumber":"13800138000","capability":"loginTokenValidate"}'; // {{ mint }}
// {{ end }}
// {{ if tokenValidate and mint }}
const VERIFY_PHONE = '{"phoneNumber":"13800138000","capability":"tokenValidate"}'; // {{ mint }}
// {{ end }}
// {{ if controlToken }}
// The mock requires its control token, which this program reads from the environment.
define('CONTROL_TOKEN', getenv('CMPASSPORT_CONTROL_TOKEN'));
// {{ end }}

// {{ if app }}
/** Creates the app again, so that every run starts from the same state. */
function makeApp(string $appId, string $settings): array
{
    control('DELETE', '/apps/' . $appId, '');
    // Only this response contains the private keys. // {{ if rsa }}
    return control('POST', '/apps', $settings);
}
// {{ end }}

// {{ if script }}
/** Sets the result of the app's next request. */
function setScript(): void
{
    $path = '/apps/atlas-template/outcomes/loginTokenValidate'; // {{ scriptPath }}
    $script = '{"script":"103000"}'; // {{ script }}
    control('PUT', $path, $script);
}
// {{ end }}

// {{ if mint }}
/** The token that the SDK in the phone receives. */
function mint(string $phone): string
{
    $path = '/apps/' . APP_ID . '/tokens'; // {{ mintPath }}
    return control('POST', $path, $phone)['token'];
}
// {{ end }}

// {{ if loginTokenValidate and md5 }}
function loginWithMd5(string $token, array $app): string
{
    $version = '2.0'; // {{ version }}
    $msgid = bin2hex(random_bytes(16));
    $systemtime = beijingTime();
    $strictcheck = '0'; // {{ strictCheck }}
    $appid = APP_ID; // {{ appId }}
    $text = $appid . $version . $msgid . $systemtime . $strictcheck . $token . $app['appSecret'];
    $sign = md5Hex($text);
    // {{ if sign }} $sign = ''; // {{ sign }}
    $fields = [
        'version' => $version,
        'msgid' => $msgid,
        'systemtime' => $systemtime,
        'strictcheck' => $strictcheck,
        'appid' => $appid,
        'token' => $token,
        'sign' => $sign,
    ];
    return post(LOGIN_URL, json_encode($fields));
}
// {{ end }}

// {{ if loginTokenValidate and rsa }}
function loginWithRsa(string $token, array $app): string
{
    $version = '2.0'; // {{ version }}
    $msgid = bin2hex(random_bytes(16));
    $systemtime = beijingTime();
    $strictcheck = '0'; // {{ strictCheck }}
    $appid = APP_ID; // {{ appId }}
    $text = $appid . $token;
    $sign = sha256WithRsa($text, $app['appSignPrivateKey']);
    // {{ if sign }} $sign = ''; // {{ sign }}
    $fields = [
        'version' => $version,
        'msgid' => $msgid,
        'systemtime' => $systemtime,
        'strictcheck' => $strictcheck,
        'appid' => $appid,
        'token' => $token,
        'sign' => $sign,
        'encryptionalgorithm' => 'RSA',
    ];
    return post(LOGIN_URL, json_encode($fields));
}
// {{ end }}

// {{ if tokenValidate and hmac }}
function verifyWithHmac(string $token, array $app): string
{
    $phoneNumber = '13800138000'; // {{ phoneNumber }}
    $version = '1.0'; // {{ version }}
    $msgId = bin2hex(random_bytes(16));
    $timestamp = beijingTime();
    $appId = APP_ID; // {{ appId }}
    $phoneNum = sha256Hex($phoneNumber . $app['appKey'] . $timestamp);
    // {{ if phoneNum }} $phoneNum = ''; // {{ phoneNum }}
    $text = $appId . $msgId . $phoneNum . $timestamp . $token . $version;
    $sign = hmacSha256Hex($text, $app['appKey']);
    // {{ if sign }} $sign = ''; // {{ sign }}
    $fields = [
        'header' => ['version' => $version, 'msgId' => $msgId, 'timestamp' => $timestamp, 'appId' => $appId],
        'body' => [
            'openType' => '1',
            'requesterType' => '0',
            'keyType' => '0',
            'phoneNum' => $phoneNum,
            'token' => $token,
            'sign' => $sign,
        ],
    ];
    return post(VERIFY_URL, json_encode($fields));
}
// {{ end }}

// {{ if tokenValidate and rsa }}
function verifyWithRsa(string $token, array $app): string
{
    $phoneNumber = '13800138000'; // {{ phoneNumber }}
    $version = '1.0'; // {{ version }}
    $msgId = bin2hex(random_bytes(16));
    $timestamp = beijingTime();
    $appId = APP_ID; // {{ appId }}
    $phoneNum = encrypt($phoneNumber . $app['appKey'] . $timestamp, $app['platformPublicKey']);
    // {{ if phoneNum }} $phoneNum = ''; // {{ phoneNum }}
    $text = $appId . $msgId . $phoneNum . $timestamp . $token . $version;
    $sign = md5WithRsa($text, $app['appSignPrivateKey']);
    // {{ if sign }} $sign = ''; // {{ sign }}
    $fields = [
        'header' => ['version' => $version, 'msgId' => $msgId, 'timestamp' => $timestamp, 'appId' => $appId],
        'body' => [
            'openType' => '1',
            'requesterType' => '0',
            'keyType' => '1',
            'phoneNum' => $phoneNum,
            'token' => $token,
            'sign' => $sign,
        ],
    ];
    return post(VERIFY_URL, json_encode($fields));
}
// {{ end }}

// {{ if app }}
/** Calls the mock's control API. */
function control(string $method, string $path, string $body): array
{
    $headers = ['Content-Type: application/json'];
    $headers[] = 'Authorization: Bearer ' . CONTROL_TOKEN; // {{ if controlToken }}
    $answer = json_decode(send($method, CONTROL_URL . $path, $headers, $body), true) ?? [];
    // An error has a detail. A DELETE may find nothing to remove.
    if (isset($answer['detail']) && $method !== 'DELETE') {
        fwrite(STDERR, $answer['detail'] . "\n");
        exit(1);
    }
    return $answer;
}

/** 17 digits, yyyyMMddHHmmssSSS. */
function beijingTime(): string
{
    return (new DateTimeImmutable('now', new DateTimeZone('Asia/Shanghai')))->format('YmdHisv');
}
// {{ end }}

// {{ if md5 }}
function md5Hex(string $text): string
{
    return strtoupper(md5($text));
}
// {{ end }}

// {{ if hmac }}
function sha256Hex(string $text): string
{
    return strtoupper(hash('sha256', $text));
}

function hmacSha256Hex(string $text, string $key): string
{
    return strtoupper(hash_hmac('sha256', $text, $key));
}
// {{ end }}

// {{ if loginTokenValidate and rsa }}
/** In hex. */
function sha256WithRsa(string $text, string $privateKey): string
{
    openssl_sign($text, $signature, pem('PRIVATE KEY', $privateKey), OPENSSL_ALGO_SHA256);
    return strtoupper(bin2hex($signature));
}
// {{ end }}

// {{ if tokenValidate and rsa }}
/** In Base64. */
function md5WithRsa(string $text, string $privateKey): string
{
    openssl_sign($text, $signature, pem('PRIVATE KEY', $privateKey), OPENSSL_ALGO_MD5);
    return base64_encode($signature);
}

/** RSA with PKCS#1 v1.5 padding, in Base64. */
function encrypt(string $text, string $publicKey): string
{
    openssl_public_encrypt($text, $ciphertext, pem('PUBLIC KEY', $publicKey));
    return base64_encode($ciphertext);
}
// {{ end }}

// {{ if decrypt }}
/** RSA with PKCS#1 v1.5 padding. */
function decrypt(string $hex, string $privateKey): string
{
    openssl_private_decrypt(hex2bin($hex), $text, pem('PRIVATE KEY', $privateKey));
    return $text;
}
// {{ end }}

// {{ if rsa }}
/** A key in Base64, as the portal shows it, in the format that openssl reads. */
function pem(string $kind, string $base64): string
{
    return "-----BEGIN $kind-----\n" . chunk_split($base64, 64, "\n") . "-----END $kind-----\n";
}
// {{ end }}

// {{ if get }}
/** The carrier's response, unchanged. */
function get(string $url): string
{
    return send('GET', $url, [], '');
}
// {{ end }}

// {{ if not get }}
/** The carrier's response, unchanged. */
function post(string $url, string $body): string
{
    $headers = ['Content-Type: application/json'];
    // {{ if header }} $headers[] = 'X-Mock-Result-Code: ' . RESULT_CODE;
    return send('POST', $url, $headers, $body);
}
// {{ end }}

function send(string $method, string $url, array $headers, string $body): string
{
    $http = ['method' => $method, 'header' => $headers, 'content' => $body, 'ignore_errors' => true];
    return (string) file_get_contents($url, false, stream_context_create(['http' => $http]));
}

// {{ if app }}
$app = makeApp(APP_ID, APP);
// {{ end }}
// {{ if otherApp }}
makeApp(OTHER_APP_ID, OTHER_APP);
// {{ end }}
// {{ if script }} setScript();
// {{ if loginTokenValidate and md5 }}
echo loginWithMd5(mint(LOGIN_PHONE), $app), "\n"; // {{ if mint }}
// {{ if token }} echo loginWithMd5(TOKEN, $app), "\n";
// {{ end }}
// {{ if loginTokenValidate and rsa }}
$answer = loginWithRsa(mint(LOGIN_PHONE), $app); // {{ if mint }}
// {{ if token }} $answer = loginWithRsa(TOKEN, $app);
echo $answer, "\n";
// {{ end }}
// {{ if decrypt }}
echo decrypt(json_decode($answer, true)['msisdn'], $app['appDecryptPrivateKey']), "\n";
// {{ end }}
// {{ if tokenValidate and hmac }}
echo verifyWithHmac(mint(VERIFY_PHONE), $app), "\n"; // {{ if mint }}
// {{ if token }} echo verifyWithHmac(TOKEN, $app), "\n";
// {{ end }}
// {{ if tokenValidate and rsa }}
echo verifyWithRsa(mint(VERIFY_PHONE), $app), "\n"; // {{ if mint }}
// {{ if token }} echo verifyWithRsa(TOKEN, $app), "\n";
// {{ end }}
// {{ if body }}
echo post(LOGIN_URL, BODY), "\n"; // {{ if loginTokenValidate }}
echo post(VERIFY_URL, BODY), "\n"; // {{ if tokenValidate }}
// {{ end }}
// {{ if get }}
echo get(LOGIN_URL), "\n"; // {{ if loginTokenValidate }}
echo get(VERIFY_URL), "\n"; // {{ if tokenValidate }}
// {{ end }}

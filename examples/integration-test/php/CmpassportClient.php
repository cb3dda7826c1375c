<?php
// A client of the carrier's two operations. Run its tests: php integration_test.php
declare(strict_types=1);

/** No usable response arrived. The carrier may have charged the call and consumed the token: never send it again. */
final class BrokenExchange extends RuntimeException
{
}

final class CmpassportClient
{
    /** What to do about a refusal. All other codes need an engineer: configuration, contract or code. */
    private const ADVICE = [
        'try again later' => ['103211', '002', '003', '999'],
        'get a new token' => ['103113', '103811', '104201', '606'],
    ];

    public function __construct(
        private string $appId,
        private string $appKey,
        private string $appSecret,
        private string $base = 'https://www.cmpassport.com',
        private float $timeoutSeconds = 5,
    ) {
    }

    /** Calls loginTokenValidate. Returns ['phoneNumber'] or ['refused', 'advice']. */
    public function phoneNumberOf(string $token): array
    {
        [$msgid, $systemtime] = [bin2hex(random_bytes(16)), self::beijingTime()];
        $sign = strtoupper(md5($this->appId . '2.0' . $msgid . $systemtime . '0' . $token . $this->appSecret));
        $answer = $this->post('/unisdk/rsapi/loginTokenValidate', [
            'version' => '2.0', 'msgid' => $msgid, 'systemtime' => $systemtime, 'strictcheck' => '0',
            'appid' => $this->appId, 'token' => $token, 'sign' => $sign,
        ]);
        return match ($answer['resultCode']) {
            '103000' => ['phoneNumber' => $answer['msisdn']],
            default => self::refusal($answer['resultCode']),
        };
    }

    /** Calls tokenValidate. Returns ['ownNumber', 'accessToken'] or ['refused', 'advice']. */
    public function isNumberOf(string $token, string $phoneNumber): array
    {
        [$msgId, $timestamp] = [bin2hex(random_bytes(16)), self::beijingTime()];
        $phoneNum = strtoupper(hash('sha256', $phoneNumber . $this->appKey . $timestamp));
        $text = $this->appId . $msgId . $phoneNum . $timestamp . $token . '1.0';
        $sign = strtoupper(hash_hmac('sha256', $text, $this->appKey));
        $answer = $this->post('/openapi/rs/tokenValidate', [
            'header' => ['version' => '1.0', 'msgId' => $msgId, 'timestamp' => $timestamp, 'appId' => $this->appId],
            'body' => ['openType' => '1', 'requesterType' => '0', 'keyType' => '0',
                'phoneNum' => $phoneNum, 'token' => $token, 'sign' => $sign],
        ]);
        return match ($answer['resultCode']) {
            '000' => ['ownNumber' => true],
            '001' => ['ownNumber' => false, 'accessToken' => $answer['accessToken'] ?? null],
            default => self::refusal($answer['resultCode']),
        };
    }

    /**
     * Sends once. Do not add a retry: a token works once, and success is charged.
     * PHP's streams do not reuse connections. With the curl extension, set CURLOPT_FRESH_CONNECT: on a reused
     * connection, curl sends a request without a response again (seen with 8.14), and you get 104201.
     */
    private function post(string $path, array $value): array
    {
        $http = ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => json_encode($value),
            // The timeout applies to each wait, not to the whole exchange.
            'timeout' => $this->timeoutSeconds];
        $text = @file_get_contents($this->base . $path, false, stream_context_create(['http' => $http]));
        $answer = json_decode((string) $text, true);
        // tokenValidate has its fields in header and body, loginTokenValidate at the top level.
        $fields = array_merge((array) $answer, $answer['header'] ?? [], $answer['body'] ?? []);
        if (!is_string($fields['resultCode'] ?? null)) {
            throw new BrokenExchange("no usable response from $path: " . (error_get_last()['message'] ?? 'not JSON'));
        }
        return $fields;
    }

    private static function refusal(string $resultCode): array
    {
        foreach (self::ADVICE as $advice => $codes) {
            if (in_array($resultCode, $codes, true)) {
                return ['refused' => $resultCode, 'advice' => $advice];
            }
        }
        return ['refused' => $resultCode, 'advice' => 'call an engineer'];
    }

    private static function beijingTime(): string
    {
        return (new DateTimeImmutable('now', new DateTimeZone('Asia/Shanghai')))->format('YmdHisv');
    }
}

<?php
// A first test against the mock. Replace phoneNumberOf() with a call of your client.
declare(strict_types=1);

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/MocksCarrier.php';

final class CarrierLoginTest extends TestCase
{
    use MocksCarrier;

    public function testAFreshTokenReturnsThePhoneNumber(): void
    {
        $app = $this->mockApp();
        $phoneNumber = self::phoneNumberOf($app, $app->mint('loginTokenValidate', '13800138000'));
        $app->assertAnswered('103000');
        self::assertSame('13800138000', $phoneNumber);
    }

    /** Your client needs the base URL of the mock and the credentials of the app. Returns null for a refusal. */
    private static function phoneNumberOf(MockApp $app, string $token): ?string
    {
        $msgid = bin2hex(random_bytes(16));
        $systemtime = (new DateTimeImmutable('now', new DateTimeZone('Asia/Shanghai')))->format('YmdHisv');
        $sign = strtoupper(md5($app->appId . '2.0' . $msgid . $systemtime . '0' . $token . $app->appSecret));
        $request = [
            'version' => '2.0', 'msgid' => $msgid, 'systemtime' => $systemtime, 'strictcheck' => '0',
            'appid' => $app->appId, 'token' => $token, 'sign' => $sign,
        ];
        $response = file_get_contents(MockApp::base() . '/unisdk/rsapi/loginTokenValidate', false, stream_context_create([
            'http' => ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => json_encode($request)],
        ]));
        return json_decode($response, true)['msisdn'] ?? null;
    }
}

<?php
// Tests the client against a running mock: PHP 8.1 or newer, standard library only (streams, no curl).
// Run: CMPASSPORT_BASE=http://127.0.0.1:10086 php integration_test.php
// In PHPUnit, write each row of $tests as a method of a class with MocksCarrier, and use assertSame() instead of same().
declare(strict_types=1);

require __DIR__ . '/CmpassportClient.php';
require __DIR__ . '/MockApp.php';

const PHONE = '13800138000';
const ANOTHER_PHONE = '13900139000';

/** Settings of a test's app that differ from the defaults. */
$settings = [
    'the token’s number is confirmed, and another number gets an accessToken for an SMS' => [
        'capabilities' => ['tokenValidate', 'smsFallback'],
    ],
    'an address that is not on the whitelist is refused' => ['ipWhitelist' => ['tokenValidate' => '192.0.2.1']],
];

$tests = [
    'a fresh token returns the phone number and is charged once' => function (MockApp $app): void {
        $token = $app->mint('loginTokenValidate', PHONE);
        same(['phoneNumber' => PHONE], clientOf($app)->phoneNumberOf($token));
        same(1, $app->calls());
        same(1, $app->charged());
    },
    'a token works once, and a refused token is not sent again' => function (MockApp $app): void {
        $client = clientOf($app);
        $token = $app->mint('loginTokenValidate', PHONE);
        $client->phoneNumberOf($token);
        same(['refused' => '104201', 'advice' => 'get a new token'], $client->phoneNumberOf($token));
        $app->assertAnswered('104201');
        same(1, $app->calls(['token' => $token, 'resultCode' => '104201']));
        same(1, $app->charged());
    },
    'a token expires after two minutes' => function (MockApp $app): void {
        $token = $app->mint('loginTokenValidate', PHONE);
        $app->advanceClock('2m');
        same(['refused' => '104201', 'advice' => 'get a new token'], clientOf($app)->phoneNumberOf($token));
        $app->assertAnswered('104201');
        same(0, $app->charged());
    },
    'the token’s number is confirmed, and another number gets an accessToken for an SMS' => function (MockApp $app): void {
        $client = clientOf($app);
        same(['ownNumber' => true], $client->isNumberOf($app->mint('tokenValidate', PHONE), PHONE));
        $other = $client->isNumberOf($app->mint('tokenValidate', PHONE), ANOTHER_PHONE);
        $app->assertAnswered('001');
        same(false, $other['ownNumber']);
        same(1, preg_match('/^[0-9a-f]{32}$/', (string) $other['accessToken']));
    },
    'two carrier failures advise a later retry, and the third call succeeds' => function (MockApp $app): void {
        $client = clientOf($app);
        $login = fn (): array => $client->phoneNumberOf($app->mint('loginTokenValidate', PHONE));
        $app->script('loginTokenValidate', '103211*2, pass');
        same(['refused' => '103211', 'advice' => 'try again later'], $login());
        same(['refused' => '103211', 'advice' => 'try again later'], $login());
        same(['phoneNumber' => PHONE], $login());
        same('', $app->remaining('loginTokenValidate'));
    },
    'a response that is lost after the charge is not requested again' => function (MockApp $app): void {
        $token = $app->mint('loginTokenValidate', PHONE);
        $app->script('loginTokenValidate', 'lose');
        breaks(fn () => clientOf($app)->phoneNumberOf($token));
        same(1, $app->calls(['token' => $token]));
        same(1, $app->charged());
    },
    'a slow response ends in a timeout, although the call may be charged' => function (MockApp $app): void {
        $token = $app->mint('loginTokenValidate', PHONE);
        $app->script('loginTokenValidate', 'delay(3s) pass');
        breaks(fn () => clientOf($app, ['timeoutSeconds' => 1])->phoneNumberOf($token));
        same(1, $app->calls(['token' => $token]));
        same(1, $app->charged());
    },
    'a wrong secret is refused, and the mock reports which secret was used' => function (MockApp $app): void {
        $client = clientOf($app, ['appSecret' => $app->appKey]);
        $answer = $client->phoneNumberOf($app->mint('loginTokenValidate', PHONE));
        same(['refused' => '103101', 'advice' => 'call an engineer'], $answer);
        $app->assertAnswered('103101');
        same('sign.secret-swapped', $app->findings()[0]['id']);
    },
    'an address that is not on the whitelist is refused' => function (MockApp $app): void {
        $answer = clientOf($app)->isNumberOf($app->mint('tokenValidate', PHONE), PHONE);
        same(['refused' => '124', 'advice' => 'call an engineer'], $answer);
        $app->assertAnswered('124');
        same(0, $app->charged());
    },
];

function clientOf(MockApp $app, array $changes = []): CmpassportClient
{
    $settings = ['appId' => $app->appId, 'appKey' => $app->appKey, 'appSecret' => $app->appSecret];
    return new CmpassportClient(...[...$settings, 'base' => MockApp::base(), ...$changes]);
}

function same(mixed $expected, mixed $found): void
{
    if ($found !== $expected) {
        throw new UnexpectedValueException('expected ' . json_encode($expected) . ', found ' . json_encode($found));
    }
}

function breaks(callable $exchange): void
{
    try {
        $answer = $exchange();
    } catch (BrokenExchange) {
        return;
    }
    throw new UnexpectedValueException('expected a broken exchange, found ' . json_encode($answer));
}

/** Creates an app with the name of the test and removes it when the test ends. */
function passes(string $name, callable $test, array $settings): bool
{
    try {
        $app = new MockApp(['name' => $name, ...$settings]);
        try {
            $test($app);
        } finally {
            $app->remove();
        }
        echo "ok      $name\n";
        return true;
    } catch (Throwable $problem) {
        ['file' => $file, 'line' => $line] = $problem->getTrace()[0];
        echo "FAILED  $name\n        {$problem->getMessage()}, at " . basename($file) . ":$line\n";
        return false;
    }
}

$passed = 0;
foreach ($tests as $name => $test) {
    $passed += (int) passes($name, $test, $settings[$name] ?? []);
}
$failed = count($tests) - $passed;
echo "$passed of " . count($tests) . " tests passed\n";
exit($failed === 0 ? 0 : 1);

<?php
// A helper for tests: one app at the mock, over its control API. Run its user: php integration_test.php
declare(strict_types=1);

/** A world of its own, with tokens, clock, scripts, journal and ledger: tests that each make one run side by side. */
final class MockApp
{
    public readonly string $appId;
    public readonly string $appKey;
    public readonly string $appSecret;
    private string $path;

    public static function base(): string
    {
        return getenv('CMPASSPORT_BASE') ?: 'http://127.0.0.1:10086';
    }

    /** Settings: capabilities, ipWhitelist, … as in the documentation of the control API. */
    public function __construct(array $settings = [])
    {
        $app = self::call('POST', '/apps', $settings);
        [$this->appId, $this->appKey, $this->appSecret] = [$app['appId'], $app['appKey'], $app['appSecret']];
        $this->path = "/apps/$this->appId";
    }

    /** What the SDK in the phone would get. */
    public function mint(string $capability, string $phoneNumber): string
    {
        $wanted = ['capability' => $capability, 'phoneNumber' => $phoneNumber];
        return self::call('POST', "$this->path/tokens", $wanted)['token'];
    }

    /** Moves this app's clock on; nobody sleeps. */
    public function advanceClock(string $by): void
    {
        self::call('POST', "$this->path/clock/advance", ['by' => $by]);
    }

    /** What the next calls to an operation get. */
    public function script(string $operation, string $script): void
    {
        self::call('PUT', "$this->path/outcomes/$operation", ['script' => $script]);
    }

    /** The steps that are not used yet; '' when there are none. */
    public function remaining(string $operation): string
    {
        return self::call('GET', "$this->path/outcomes/$operation")['remaining'];
    }

    /** How many requests the carrier got: all, or those of a token, of a resultCode. */
    public function calls(array $those = []): int
    {
        return self::call('POST', '/requests/count', ['appId' => $this->appId, ...$those])['count'];
    }

    /** How many calls stand on the bill. */
    public function charged(): int
    {
        return self::call('GET', "$this->path/ledger")['charged'];
    }

    /** Why the latest request was answered as it was. */
    public function explanation(): array
    {
        [$latest] = self::call('GET', "/requests?appId=$this->appId&limit=1")['requests'];
        return self::call('GET', "/requests/{$latest['id']}/explanation");
    }

    public function remove(): void
    {
        self::call('DELETE', $this->path);
    }

    private static function call(string $method, string $path, ?array $value = null): ?array
    {
        $http = ['method' => $method, 'ignore_errors' => true, 'header' => 'Content-Type: application/json'];
        if ($value !== null) {
            $http['content'] = json_encode((object) $value);
        }
        $stream = @fopen(self::base() . "/_mock$path", 'r', false, stream_context_create(['http' => $http]));
        if ($stream === false) {
            throw new RuntimeException('no mock answers at ' . self::base() . ' (CMPASSPORT_BASE)');
        }
        $answer = stream_get_contents($stream);
        $status = stream_get_meta_data($stream)['wrapper_data'][0];
        if (!preg_match('/ 2\d\d /', $status)) {
            throw new RuntimeException("$method $path: $status $answer");
        }
        return json_decode($answer, true);
    }
}

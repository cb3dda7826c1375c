<?php
// One app of the mock, through its control API: PHP 8.1 or newer, standard library only. `cmpassport-mock init php` writes
// this file and MocksCarrier.php, a trait for PHPUnit, into your project.
declare(strict_types=1);

/** Has its own tokens, clock, scripts, journal and ledger, so that tests with an app each can run in parallel. */
final class MockApp
{
    public readonly string $appId;
    public readonly string $appKey;
    public readonly string $appSecret;
    public readonly string $platformPublicKey;
    /** The private keys of 应用公钥1 and 应用公钥2, PKCS#8 in Base64. Null without the setting 'generateKeys' => true. */
    public readonly ?string $appSignPrivateKey;
    public readonly ?string $appDecryptPrivateKey;
    private string $path;

    public static function base(): string
    {
        return getenv('CMPASSPORT_BASE') ?: 'http://127.0.0.1:10086';
    }

    /** The settings are the fields of POST /_mock/apps: name (the title of the test), capabilities, generateKeys and others. */
    public function __construct(array $settings = [])
    {
        $app = self::call('POST', '/apps', $settings);
        [$this->appId, $this->appKey, $this->appSecret] = [$app['appId'], $app['appKey'], $app['appSecret']];
        $this->platformPublicKey = $app['platformPublicKey'];
        $this->appSignPrivateKey = $app['appSignPrivateKey'] ?? null;
        $this->appDecryptPrivateKey = $app['appDecryptPrivateKey'] ?? null;
        $this->path = "/apps/$this->appId";
    }

    /** Returns a token like the one that the SDK in the phone gets. */
    public function mint(string $capability, string $phoneNumber): string
    {
        $settings = ['capability' => $capability, 'phoneNumber' => $phoneNumber];
        return self::call('POST', "$this->path/tokens", $settings)['token'];
    }

    /** Moves only this app's clock forward. */
    public function advanceClock(string $by): void
    {
        self::call('POST', "$this->path/clock/advance", ['by' => $by]);
    }

    /** Sets the outcomes of the next calls of an operation. */
    public function script(string $operation, string $script): void
    {
        self::call('PUT', "$this->path/outcomes/$operation", ['script' => $script]);
    }

    /** Returns the unused steps of the script, or ''. */
    public function remaining(string $operation): string
    {
        return self::call('GET', "$this->path/outcomes/$operation")['remaining'];
    }

    /** Counts the received requests. The filter can have a token and a resultCode. */
    public function calls(array $filter = []): int
    {
        return self::call('POST', '/requests/count', ['appId' => $this->appId, ...$filter])['count'];
    }

    /** Counts the charged calls. */
    public function charged(): int
    {
        return self::call('GET', "$this->path/ledger")['charged'];
    }

    /**
     * Throws unless the newest request got this result code. The message has the mock's explanation. A refusal that is
     * asserted is not in the summary of `cmpassport-mock exec`.
     */
    public function assertAnswered(string $resultCode): void
    {
        $newest = $this->newest();
        if ($newest['resultCode'] !== $resultCode) {
            $findings = array_map(fn (array $one): string => "\n- $one[title]: $one[detail]", $this->findings());
            throw new UnexpectedValueException(
                "expected $resultCode, found $newest[resultCode]" . implode('', $findings)
            );
        }
        self::call('POST', "/requests/$newest[id]/expected", []);
    }

    /** Explains the result of the newest request: 'id', 'title' and 'detail' of each mistake. */
    public function findings(): array
    {
        return self::call('GET', "/requests/{$this->newest()['id']}/explanation")['findings'];
    }

    private function newest(): array
    {
        $requests = self::call('GET', "/requests?appId=$this->appId&limit=1")['requests'];
        return $requests[0] ?? throw new UnexpectedValueException(
            "no request with the appId $this->appId reached " . self::base() . '.' . self::arrived()
            . ' Check the base URL and the appId of the client.'
        );
    }

    private static function arrived(): string
    {
        $last = self::call('GET', '/requests?limit=20')['requests'];
        $appIds = array_unique(array_filter(array_column($last, 'appId')));
        return $appIds === [] ? '' : ' The last requests have the appIds ' . implode(', ', $appIds) . '.';
    }

    public function remove(): void
    {
        self::call('DELETE', $this->path);
    }

    private static function call(string $method, string $path, ?array $value = null): ?array
    {
        $token = getenv('CMPASSPORT_CONTROL_TOKEN');
        $headers = ['Content-Type: application/json', ...($token ? ["Authorization: Bearer $token"] : [])];
        $http = ['method' => $method, 'ignore_errors' => true, 'header' => $headers];
        if ($value !== null) {
            $http['content'] = json_encode((object) $value);
        }
        $stream = @fopen(self::base() . "/_mock$path", 'r', false, stream_context_create(['http' => $http]));
        if ($stream === false) {
            throw new RuntimeException('no mock responds at ' . self::base() . '. Start one, or set CMPASSPORT_BASE.');
        }
        $answer = stream_get_contents($stream);
        $status = stream_get_meta_data($stream)['wrapper_data'][0];
        if (!preg_match('/ 2\d\d /', $status)) {
            throw new RuntimeException("$method $path: $status $answer");
        }
        return json_decode($answer, true);
    }
}

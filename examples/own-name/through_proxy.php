<?php
// Sends the https streams of PHP, which ignore proxy variables, through $https_proxy or $HTTPS_PROXY. Your code does
// not change. Without these variables it does nothing. $no_proxy is ignored. The headers of the response are in
// $http_response_header in global code only: PHP lets no other code set it in your functions. There, use
// http_get_last_response_headers() (PHP 8.4), or stream_get_meta_data($stream)['wrapper_data'], as without this file.
// Run: HTTPS_PROXY=http://127.0.0.1:10087 php -d auto_prepend_file=through_proxy.php client.php
declare(strict_types=1);

final class ThroughProxy extends ArrayObject
{
    private static string $proxy;
    /** @var resource|null the caller's stream context, set by PHP */
    public $context;
    /** @var resource|false */
    private $stream = false;

    public static function use(string $proxy): void
    {
        self::$proxy = 'tcp://' . preg_replace('~^http://|/$~', '', $proxy);
        self::register();
    }

    private static function register(): void
    {
        stream_wrapper_unregister('https');
        stream_wrapper_register('https', self::class, STREAM_IS_URL);
    }

    public function stream_open(string $url, string $mode): bool
    {
        $context = $this->context ?? stream_context_create();
        stream_context_set_option($context, 'http', 'proxy', self::$proxy);
        stream_wrapper_restore('https');
        $this->stream = fopen($url, $mode, false, $context);
        self::register();
        // The stream's `wrapper_data` is this object.
        $this->exchangeArray($http_response_header ?? []);
        $GLOBALS['http_response_header'] = $this->getArrayCopy();
        return $this->stream !== false;
    }

    public function stream_read(int $count): string|false
    {
        return fread($this->stream, $count);
    }

    public function stream_eof(): bool
    {
        return feof($this->stream);
    }

    public function stream_stat(): array|false
    {
        return fstat($this->stream);
    }
}

$proxy = getenv('https_proxy') ?: getenv('HTTPS_PROXY');
if ($proxy) {
    ThroughProxy::use($proxy);
}
unset($proxy);

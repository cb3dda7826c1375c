<?php
// Sends the https streams of PHP, which ignore proxy variables, through $https_proxy. Your code does not change.
// $no_proxy is ignored.
// Run: https_proxy=http://127.0.0.1:10087 php -d auto_prepend_file=through_proxy.php client.php
declare(strict_types=1);

final class ThroughProxy
{
    /** @var resource|null the caller's stream context, set by PHP */
    public $context;
    /** @var resource|false */
    private $stream = false;

    public static function register(): void
    {
        stream_wrapper_unregister('https');
        stream_wrapper_register('https', self::class, STREAM_IS_URL);
    }

    public function stream_open(string $url, string $mode): bool
    {
        $context = $this->context ?? stream_context_create();
        $proxy = 'tcp://' . preg_replace('~^http://|/$~', '', getenv('https_proxy'));
        stream_context_set_option($context, 'http', 'proxy', $proxy);
        stream_wrapper_restore('https');
        $this->stream = fopen($url, $mode, false, $context);
        self::register();
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

if (getenv('https_proxy')) {
    ThroughProxy::register();
}

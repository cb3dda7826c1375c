<?php
// PHP's clients with their usual settings. Argument: an https address. Prints a line for each: its name and the body, or the error.
function stream(string $url, array $ssl = []): string
{
    $errors = '';
    set_error_handler(function (int $level, string $message) use (&$errors): bool {
        $errors .= $message;
        return true;
    });
    return file_get_contents($url, false, stream_context_create(['ssl' => $ssl])) ?: $errors;
}

function curl(string $url, array $options = []): string
{
    $curl = curl_init($url);
    curl_setopt_array($curl, $options + [CURLOPT_RETURNTRANSFER => true]);
    return curl_exec($curl) ?: curl_error($curl);
}

$clients = [
    'streams' => fn ($url) => stream($url),
    'streams, verify_peer=false' => fn ($url) => stream($url, ['verify_peer' => false, 'verify_peer_name' => false]),
];
if (function_exists('curl_init')) {
    $clients['curl'] = fn ($url) => curl($url);
    $clients['curl, CURLOPT_PROXY=""'] = fn ($url) => curl($url, [CURLOPT_PROXY => '']);
    $clients['curl, CURLOPT_SSL_VERIFYPEER=false'] = fn ($url) => curl($url, [CURLOPT_SSL_VERIFYPEER => false, CURLOPT_SSL_VERIFYHOST => 0]);
}
foreach ($clients as $name => $client) {
    echo $name, "\t", preg_replace('/\s+/', ' ', $client($argv[1])), "\n";
}

<?php
// A trait for tests with PHPUnit 9 or newer.
declare(strict_types=1);

use PHPUnit\Framework\Attributes\After;

require_once __DIR__ . '/MockApp.php';

trait MocksCarrier
{
    /** @var list<MockApp> */
    private array $mockApps = [];

    /** Creates an app with the name of the test. It is removed when the test ends. */
    protected function mockApp(array $settings = []): MockApp
    {
        $test = method_exists($this, 'nameWithDataSet') ? $this->nameWithDataSet() : $this->getName();
        return $this->mockApps[] = new MockApp(['name' => mb_substr($test, 0, 100), ...$settings]);
    }

    /** @after */
    #[After]
    protected function removeMockApps(): void
    {
        foreach ($this->mockApps as $app) {
            $app->remove();
        }
    }
}

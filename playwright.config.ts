import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/support/production-app.ts',
  outputDir: 'out/test-results',
  fullyParallel: true,
  workers: 2,
  // A test that passes only when tried again is named in the summary of `npm test`.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
})

import { defineConfig } from '@playwright/test'

/** What Electron's documentation promises, against whichever runtime ELECTRON_OVERRIDE_DIST_PATH (or its absence) selects. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  workers: 2,
  // A test that passes only when tried again is named in the summary of `npm test`.
  retries: process.env['CI'] ? 1 : 0,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  outputDir: '../../test-results/conformance',
})

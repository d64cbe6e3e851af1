import { defineConfig } from '@playwright/test'

/** What Electron's documentation promises, against whichever runtime ELECTRON_OVERRIDE_DIST_PATH (or its absence) selects. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  workers: 2,
  fullyParallel: false,
  timeout: 20_000,
  expect: { timeout: 5_000 },
  reporter: 'list',
  outputDir: '../../test-results/conformance',
})

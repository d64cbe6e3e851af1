import { defineConfig } from 'vitest/config'

/** The quick tests of what is mutated. Those that kill processes or need a keychain come too late to help. */
export default defineConfig({
  test: {
    include: [
      'tests/unit/{domain,sqlite,usecases}/**/*.test.ts',
      'tests/property/**/*.test.ts',
      'tests/contract/event-log/{sqlite-event-log,tampering,opening,backups,repair,verify-folder}.test.ts',
    ],
    setupFiles: ['tests/mutation/no-shrinking.ts'],
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

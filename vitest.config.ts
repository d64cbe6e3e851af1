import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{unit,property,contract,sim}/**/*.test.ts', 'tools/**/*.test.ts'],
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/**
 * Functions of what they are given: they leave nothing behind that another file could meet, so the files of one worker share what they load.
 * Everything else has a process of its own for each file: it replaces modules, listens to the process, or opens files and sockets.
 */
const pure = ['tests/property/**/*.test.ts', 'tests/unit/{contract,domain,export,import,renderer,scripts,usecases}/**/*.test.ts']
const all = ['tests/{unit,property,contract,sim}/**/*.test.ts', 'tools/**/*.test.ts']

export default defineConfig({
  test: {
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Hundreds of processes are started and killed: each would compile the same sources again.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('./out/test/compiled', import.meta.url)) },
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'apart', include: all, exclude: pure } },
    ],
  },
})

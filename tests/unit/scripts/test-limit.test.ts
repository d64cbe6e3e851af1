/** `npm test` does not take longer than it is allowed to. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

function runCheckStage(minutes: string) {
  const env = { ...process.env, TUPPENCE_TEST_MINUTES: minutes }
  return spawnSync(process.execPath, [path.resolve('scripts/test.mjs'), 'check', 'conformance'], { env, encoding: 'utf8' })
}

describe('the time that all stages may take together', () => {
  it('ends the stage at work, says why, and starts no other', () => {
    const { status, stdout } = runCheckStage('0.005')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^check +[\d.]+ s {2}FAILED: out of time, since all stages together may take 0\.005 minutes/m)
    expect(stdout).toMatch(/^not run +conformance$/m)
  })

  it.each(['soon', '0', '-3', ''])('has to be a time: "%s"', (minutes) => {
    expect(runCheckStage(minutes)).toMatchObject({ status: 2, stderr: expect.stringContaining('above 0') as string })
  })
})

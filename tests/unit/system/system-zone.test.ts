import { afterEach, expect, it, vi } from 'vitest'
import { systemZone } from '../../../src/main/adapters/system/system-zone.ts'

afterEach(() => vi.restoreAllMocks())

it.each<[string | undefined, string]>([
  ['Europe/Berlin', 'Europe/Berlin'],
  [undefined, 'UTC'],
  ['Etc/Unknown', 'UTC'],
])('a computer that is set to %s is in %s', (set, zone) => {
  const options = { ...new Intl.DateTimeFormat().resolvedOptions(), timeZone: set as string }
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValueOnce(options)
  expect(systemZone()).toBe(zone)
})

import { expect, it } from 'vitest'
import { setAsideName } from '../../../src/main/adapters/sqlite/replacement.ts'

it('what is set aside is named after the time and the end of the id of what replaced it', () => {
  const name = setAsideName({ at: '2026-11-24T02:01:30.123Z', id: '01234567-89ab-cdef-0123-456789abcdef' })
  expect(name).toBe('ledger-set-aside-20261124T020130123Z-89abcdef.sqlite')
})

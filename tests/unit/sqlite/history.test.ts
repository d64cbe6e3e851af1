import { describe, expect, it } from 'vitest'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import { historyOf, type History } from '../../../src/main/adapters/sqlite/history.ts'
import type { Rows } from '../../../src/main/adapters/sqlite/rows.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'

/** Of a disk on which nothing can be read. */
const broken = new Proxy({} as Rows, {
  get: () => () => {
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' })
  },
})

describe('a disk that fails while something is looked up', () => {
  const reads: Readonly<Record<keyof History, (history: History) => unknown>> = {
    head: (history) => history.head(),
    newestAtMs: (history) => history.newestAtMs(),
    events: (history) => [...history.events()],
    eventsOfTypes: (history) => history.eventsOfTypes(['controls.begun'], 1, 2),
    purchase: (history) => history.purchase('a' as PurchaseId),
    purchases: (history) => history.purchases(),
    newestPurchases: (history) => history.newestPurchases(1),
    event: (history) => history.event(1),
    purchasesSince: (history) => history.purchasesSince(''),
    unsettled: (history) => history.unsettled(),
    postings: (history) => history.postings(),
    approval: (history) => history.approval('a' as PurchaseId),
    hasMessage: (history) => history.hasMessage('msg-1'),
    controls: (history) => history.controls(),
    family: (history) => history.family(),
    riskProfile: (history) => history.riskProfile(null),
    usageSince: (history) => history.usageSince(0),
    newestOf: (history) => history.newestOf('log.restored'),
  }

  it.each(Object.entries(reads))('says so as it does everywhere else: %s', (_name, read) => {
    expect(() => read(historyOf(broken))).toThrow(LogStorageError)
  })
})

it('the newest event of a log that has none happened at no time', () => {
  const empty = { newest: () => null } as unknown as Rows
  expect(historyOf(empty).newestAtMs()).toBe(0)
})

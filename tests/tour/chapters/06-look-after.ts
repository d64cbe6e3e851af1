import { expect } from '@playwright/test'
import type { Chapter } from '../chapter.ts'

/** How long the app waits before it asks for messages again, in milliseconds. */
const messagesEveryMs = 5 * 60_000

export const lookAfter: Chapter = {
  title: 'money comes back, and the ledger is checked, compared and copied',
  async play({ launcher, sandbox }, album) {
    const { page } = launcher
    const [first, second] = await sandbox.charges()
    if (!first || !second) throw new Error('nothing was bought in the chapters before')
    await sandbox.refund(first.idempotencyKey, '40')
    await sandbox.chargeBack(second.idempotencyKey)
    await sandbox.advanceClock(messagesEveryMs)
    await launcher.prefer('English', 'dark')
    await launcher.openLedger()
    await launcher.ledgerTask('Compare with the gateway').getByRole('button').click()
    await expect(launcher.ledgerTask('Compare with the gateway')).toContainText(/agree on|difference/)
    await launcher.ledgerTask('Backups').getByRole('button').click()
    await expect(launcher.ledgerTask('Backups').getByRole('listitem')).not.toHaveCount(0)
    await launcher.ledgerTask('Check').getByRole('button').click()
    await expect(launcher.ledgerTask('Check')).toContainText('nothing was altered')
    await album.take(page, 'ledger')
    await launcher.openHistory()
    await expect(launcher.historyRows.filter({ hasText: 'Partly refunded' })).toHaveCount(1, { timeout: 60_000 })
    await expect(launcher.historyRows.filter({ hasText: 'Charged back' })).toHaveCount(1)
    await album.take(page, 'history-with-refund')
    await launcher.openLedger()
    await launcher.prefer('Deutsch', 'light')
    await album.take(page, 'ledger-german-light')
  },
}

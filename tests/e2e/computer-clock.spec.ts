import { expect, test } from '../support/fixtures.ts'
import { cheapOffer } from '../support/offers.ts'

const dayMs = 24 * 3_600_000

for (const [name, jumpMs] of [['ahead', dayMs], ['back', -dayMs]] as const) {
  test(`P2 with the computer's clock set a day ${name}, buying works and the history has each purchase once`, async ({
    tuppence,
  }) => {
    const { launcher, sandbox } = tuppence
    await launcher.buy(cheapOffer.title)
    await (await tuppence.confirm()).approve()
    await expect(launcher.notice).toContainText('Paid')
    await sandbox.jumpClock(jumpMs)
    await launcher.buy(cheapOffer.title)
    await (await tuppence.confirm()).approve()
    await expect.poll(async () => (await sandbox.charges()).length).toBe(2)
    await launcher.openHistory()
    await expect(launcher.historyRows).toHaveCount(2)
    await expect(launcher.historyRows.filter({ hasText: 'Paid' })).toHaveCount(2)
    await expect(launcher.page.getByRole('alert')).toHaveCount(0)
    const times = await launcher.historyRows.locator('time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime')))
    // Newest first. A charge is dated by the gateway, whatever the computer's clock says.
    const [newest, oldest] = times.map((time) => Date.parse(time!))
    expect(newest).toBeGreaterThanOrEqual(oldest!)
    expect(newest! - oldest!).toBeLessThan(3_600_000)
  })
}

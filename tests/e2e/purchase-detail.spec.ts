/** One purchase: its life, what was shown when it was approved, its receipt, and saying that something is wrong with it. */
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { setUpHousehold } from '../support/household.ts'
import { cheapOffer, longOffer } from '../support/offers.ts'
import { detailPage } from '../support/pages/detail-page.ts'
import { familyPage } from '../support/pages/family-page.ts'
import { startPage } from '../support/pages/start-page.ts'
import { answerBoxes } from '../support/system-box.ts'

/** After that the gateway is asked again what it has to tell. */
const newsMs = 300_000

test('P1 P9 the detail of a purchase shows what was approved, with its fingerprint and its receipt; a dispute is told, decided, and its refund leads to the charge and back', async ({ tuppence }) => {
  const { electron, launcher, sandbox } = tuppence
  const detail = detailPage(launcher.page)
  const asked = await answerBoxes(electron, 'yes')
  await launcher.buy(longOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(launcher.notice).toContainText('Paid €2.99')
  const [charge] = await sandbox.charges()
  const purchaseId = charge!.idempotencyKey
  await launcher.openHistory()
  await detail.open(purchaseId)

  await expect(detail.title).toHaveText(longOffer.title)
  await expect(detail.card('What happened').getByRole('listitem')).toContainText(['The confirm window showed', 'It was approved', '€2.99 was charged.'])
  const shown = detail.card('What you were shown')
  await expect(shown.getByRole('definition').first()).toHaveText(longOffer.seller)
  await expect(shown).toContainText('€2.99including €0.48 tax (19%)')
  await expect(shown).toContainText('This is what you were shown; it matches the fingerprint in the ledger.')
  await expect(detail.card('Receipt')).toContainText(charge!.receiptNumber)
  await expect(detail.card('Receipt')).toContainText('Signed by the gateway, for exactly this purchase.')
  expect(await seriousFindings(launcher.page)).toEqual([])

  const dispute = detail.card('Something is wrong with this charge')
  await detail.sayWhatIsWrong('The amount is wrong', 'Two euros were agreed')
  await expect(dispute).toContainText(`This is sent to the gateway, and nothing else:Number of the purchase${purchaseId}ReasonThe amount is wrongNoteTwo euros were agreed`)
  expect(await seriousFindings(launcher.page)).toEqual([])
  await detail.send.click()
  await expect(dispute).toContainText('The gateway has not decided yet.')
  expect(await asked()).toContain(`Number of the purchase: ${purchaseId}\nReason: The amount is wrong\nYour note: Two euros were agreed`)
  expect(await seriousFindings(launcher.page)).toEqual([])

  await sandbox.decideDispute(purchaseId, 'refunded')
  await sandbox.advanceClock(newsMs)
  await expect(dispute).toContainText('All of the money came back.')
  await expect(detail.card(longOffer.title)).toContainText('Refunded')
  const life = detail.card('What happened').getByRole('listitem')
  await expect(life.nth(4)).toContainText('€2.99 came back as a refund.')
  await expect(life.nth(5)).toContainText('The gateway decided that the money comes back.')
  await life.nth(4).getByRole('button', { name: 'Of the charge of €2.99' }).click()
  await expect(life.nth(2)).toBeFocused()
  await life.nth(2).getByRole('button', { name: 'Refund of €2.99' }).click()
  await expect(life.nth(4)).toBeFocused()

  // P3: what the gateway signed about it is checked by its key.
  expect(await launcher.page.evaluate(() => window.tuppence.ledger.verify())).toMatchObject({ verification: { kind: 'clean' } })
  await detail.back.click()
  await expect(launcher.historyRows).not.toHaveCount(0)
})

test('disputing locks nothing: buying goes on, and what the gateway refuses can be said again', async ({ tuppence }) => {
  const { electron, launcher, sandbox } = tuppence
  const detail = detailPage(launcher.page)
  await answerBoxes(electron, 'yes')
  await launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(launcher.notice).toContainText('Paid €0.49')
  const purchaseId = (await sandbox.charges())[0]!.idempotencyKey
  await launcher.openHistory()
  await detail.open(purchaseId)
  await detail.sayWhatIsWrong('I bought it by mistake')
  await detail.send.click()
  await expect(detail.card('Something is wrong with this charge')).toContainText('The gateway has not decided yet.')

  await launcher.openStore()
  await launcher.buy(longOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(launcher.notice).toContainText('Paid €2.99')
  expect(await sandbox.charges()).toHaveLength(2)

  await sandbox.decideDispute(purchaseId, 'refused')
  await sandbox.advanceClock(newsMs)
  await launcher.openHistory()
  await detail.open(purchaseId)
  await expect(detail.card('What happened')).toContainText('The gateway decided that the charge stands.')
  await detail.sayWhatIsWrong('Something else')
  await detail.send.click()
  await expect(detail.card('Something is wrong with this charge')).toContainText('The gateway has not decided yet.')
})

test('without a gateway the person is told, nothing is lost, and nothing is sent after a no', async ({ tuppence }) => {
  const { electron, launcher, sandbox } = tuppence
  const detail = detailPage(launcher.page)
  await launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(launcher.notice).toContainText('Paid €0.49')
  const purchaseId = (await sandbox.charges())[0]!.idempotencyKey
  await launcher.openHistory()
  await detail.open(purchaseId)
  const dispute = detail.card('Something is wrong with this charge')
  await answerBoxes(electron, 'Cancel')
  await detail.sayWhatIsWrong('I did not buy this', 'Who was that?')
  await detail.send.click()
  await expect(dispute.getByRole('status')).toHaveText('You said no. Nothing was sent.')
  await sandbox.stopGateway()
  await answerBoxes(electron, 'yes')
  await detail.send.click()
  await expect(dispute.getByRole('status')).toContainText('The gateway could not be reached. Nothing is lost')
  await expect(detail.note).toHaveValue('Who was that?')
})

test('P7 P8 a child’s purchase says who asked and who approved; another profile finds no such purchase', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  const { launcher, sandbox } = tuppence
  const detail = detailPage(launcher.page)
  await startPage(launcher.page).myFamily.click()
  const home = await setUpHousehold(tuppence, [{ name: 'Mia' }, { name: 'Theo' }])
  await home.lock()
  await home.open('Mia')
  await launcher.ask(cheapOffer.title)
  const family = familyPage(launcher.page)
  await family.open()
  await family.answer(cheapOffer.title).click()
  await (await tuppence.confirm()).approveRequest({ pin: home.pinOf(home.guardian), code: await home.code() })
  await expect.poll(async () => (await sandbox.charges()).length).toBe(1)
  const purchaseId = (await sandbox.charges())[0]!.idempotencyKey
  await launcher.openHistory()
  await detail.open(purchaseId)
  await expect(detail.card('What happened').getByRole('listitem')).toContainText([
    'Mia asked a guardian for it.',
    'The confirm window showed',
    'Ada approved it as a guardian, with PIN and code.',
    '€0.49 was charged.',
  ])
  await expect(detail.card('What was shown')).toContainText('it matches the fingerprint in the ledger')
  await detail.sayWhatIsWrong('I did not get what I paid for')
  await detail.send.click()
  await home.consent('Mia')
  await expect(detail.card('Something is wrong with this charge')).toContainText('The gateway has not decided yet.')
  await home.lock()

  await home.open('Theo')
  await detail.open(purchaseId)
  await expect(launcher.page.getByText('There is no such purchase here.')).toBeVisible()
  expect(await seriousFindings(launcher.page)).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { operatorId } from '../../../src/domain/kiosk.ts'
import { sha256 } from '../../../src/main/adapters/system/sha256.ts'
import { createAccess } from '../../../src/main/create-access.ts'
import { createPendingChallengeSlot } from '../../../src/main/usecases/pending-challenge.ts'
import { createOperator } from '../../../src/main/usecases/kiosk-operator.ts'
import { calmBeforeAnswerMs } from '../../../src/domain/challenge.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeConfirmWindow } from '../../support/fake-confirm-window.ts'
import { createFakeCredentials } from '../../support/fake-credentials.ts'
import { createFakeEventLog } from '../../support/fake-event-log.ts'
import { createFakeGateway } from '../../support/fake-gateway.ts'
import { createFakeIds } from '../../support/fake-ids.ts'
import { createFakeLedgerAccess } from '../../support/fake-ledger-access.ts'
import { createFakePerson } from '../../support/fake-person.ts'
import { createFakeVault } from '../../support/fake-vault.ts'

/** One adult alone, in front of a computer that may be a kiosk. */
function world({ isOn = false } = {}) {
  const clock = createFakeClock()
  const credentials = createFakeCredentials()
  const log = createFakeEventLog({ clock, vault: createFakeVault() })
  const ledger = createFakeLedgerAccess(log)
  const startMs = clock.now()
  const gateway = createFakeGateway({ now: () => startMs + clock.passedMs(), clock })
  const box = createFakePerson()
  const ports = { clock, credentials, ledger, gateway, askBox: box.ask, ids: createFakeIds(), confirmWindow: createFakeConfirmWindow(clock), sha256 }
  const quiet = { onHouseholdChanged: () => {}, onQuestionChanged: () => {}, onUnexpected: () => {} }
  const access = createAccess({ ...ports, ...quiet, pending: createPendingChallengeSlot() })
  const kiosk = { isOn }
  const turn = (on: boolean) => {
    kiosk.isOn = on
    return Promise.resolve()
  }
  const operator = createOperator({ ...ports, ...access, ...access.profiles, isOn: () => kiosk.isOn, language: () => 'en', turn })
  async function asked() {
    for (;;) {
      const question = access.questions.current()
      if (question?.kind === 'operator' || question?.kind === 'newPin') return question
      await new Promise((done) => setImmediate(done))
    }
  }
  /** Answers what the trusted window asks, as soon as it does. */
  async function type(pin: string) {
    const question = await asked()
    clock.advance(calmBeforeAnswerMs)
    return access.questions.answer({ kind: question.kind, questionId: question.questionId, pin })
  }
  return { access, asked, box, clock, credentials, kiosk, log, operator, type }
}

const pin = '7304'

describe('the operator of a kiosk', () => {
  it('chooses the PIN at the first start, and nobody does after that', async () => {
    const { operator, type, credentials, log } = world({ isOn: true })
    const setting = operator.setPin()
    expect(await type('1111')).toEqual({ kind: 'tooEasy' })
    expect(await type(pin)).toEqual({ kind: 'accepted' })
    expect(await setting).toEqual({ kind: 'done' })
    expect(await operator.hasPin()).toBe(true)
    expect((await credentials.compare(operatorId, { pin }, 0))?.pin).toBe(true)
    expect(await operator.setPin()).toEqual({ kind: 'refused', reason: 'notAllowed' })
    let written = ''
    for (const event of log.events()) written += JSON.stringify(event)
    expect(written).toContain('access.set')
    expect(written).not.toContain(pin)
  })

  it('P8 ends kiosk mode with the PIN alone, and nobody guesses it faster than the lock-out allows', async () => {
    const { operator, type, credentials, clock, kiosk } = world({ isOn: true })
    await credentials.setPin(operatorId, pin)
    const leaving = operator.leave()
    expect(await type('1357')).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(await type('2468')).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(await type('8642')).toEqual({ kind: 'wrong', waitMs: 30_000 })
    expect(await type(pin)).toMatchObject({ kind: 'wait' })
    expect(kiosk.isOn).toBe(true)
    clock.advance(30_000)
    expect(await type(pin)).toEqual({ kind: 'accepted' })
    expect(await leaving).toEqual({ kind: 'done' })
    expect(kiosk.isOn).toBe(false)
  })

  it('stays where the question is cancelled, or there is no PIN', async () => {
    const { operator, access, asked, credentials, kiosk } = world({ isOn: true })
    expect(await operator.leave()).toEqual({ kind: 'refused', reason: 'noCredentials' })
    await credentials.setPin(operatorId, pin)
    const leaving = operator.leave()
    access.questions.cancel({ questionId: (await asked()).questionId })
    expect(await leaving).toEqual({ kind: 'declined' })
    expect(kiosk.isOn).toBe(true)
  })

  it('begins it after a yes outside of the page, and chooses the PIN on the way', async () => {
    const { operator, box, type, kiosk } = world()
    box.says(false)
    expect(await operator.begin()).toEqual({ kind: 'declined' })
    expect(kiosk.isOn).toBe(false)
    box.says(true)
    const beginning = operator.begin()
    await type(pin)
    expect(await beginning).toEqual({ kind: 'done' })
    expect(kiosk.isOn).toBe(true)
  })
})

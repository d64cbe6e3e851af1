import { describe, expect, it } from 'vitest'
import type { Language } from '../../../src/contract/ipc/status.ts'
import type { Question } from '../../../src/main/ports/ask-person.ts'
import type { Diagnosis, RestartOutcome, RestoreOutcome } from '../../../src/main/ports/ledger-repair.ts'
import { createRepairLedger } from '../../../src/main/usecases/repair-ledger.ts'

const head = { seq: 1234, mac: 'm'.repeat(43) }
const restorable = (lostEvents: number | null): Diagnosis => ({ kind: 'restorable', damage: 'tampered', head, lostEvents })
const restartable: Diagnosis = { kind: 'restartable', damage: 'keyMissing' }

function createWorld(diagnosis: Diagnosis, answer: boolean, language: Language = 'en') {
  const done: string[] = []
  const questions: Question[] = []
  const restored: RestoreOutcome = { kind: 'restored', head, lostEvents: 2, setAside: 'aside.sqlite' }
  const restarted: RestartOutcome = { kind: 'restarted', damage: 'keyMissing', setAside: null }
  const ledger = {
    diagnose: () => Promise.resolve(diagnosis),
    restore: (): Promise<RestoreOutcome> => (done.push('restore'), Promise.resolve(restored)),
    startNew: () => (done.push('startNew'), Promise.resolve(restarted)),
  }
  const askPerson = (question: Question) => (questions.push(question), Promise.resolve(answer))
  return { done, questions, ledger, repairLedger: createRepairLedger({ ledger, askPerson, language: () => language }) }
}

describe('a repair of the ledger', () => {
  it('P3 puts it back after a yes', async () => {
    const { done, questions, repairLedger } = createWorld(restorable(2), true)
    expect(await repairLedger()).toEqual({ kind: 'restored', setAside: 'aside.sqlite' })
    expect([done, questions.length]).toEqual([['restore'], 1])
  })

  it('P6 begins a new one after a yes, where nothing can be put back', async () => {
    const { done, questions, repairLedger } = createWorld(restartable, true)
    expect(await repairLedger()).toEqual({ kind: 'restarted', setAside: null })
    expect([done, questions[0]?.title]).toEqual([['startNew'], 'Start a new ledger'])
  })

  it.each([restorable(0), restartable])('P6 does nothing after a no: %j', async (diagnosis) => {
    const { done, repairLedger } = createWorld(diagnosis, false)
    expect(await repairLedger()).toEqual({ kind: 'declined' })
    expect(done).toEqual([])
  })

  it('asks nothing where nothing is to be done', async () => {
    const refused = { kind: 'refused', reason: 'notNeeded' } as const
    const { done, questions, repairLedger } = createWorld(refused, true)
    expect(await repairLedger()).toEqual(refused)
    expect([done, questions]).toEqual([[], []])
  })

  it('says when it turned out otherwise after the yes', async () => {
    const world = createWorld(restorable(0), true)
    world.ledger.restore = () => Promise.resolve({ kind: 'refused', reason: 'outOfSpace' })
    expect(await world.repairLedger()).toEqual({ kind: 'refused', reason: 'outOfSpace' })
  })
})

describe('the question', () => {
  async function detailOf(lostEvents: number | null, language: Language): Promise<string> {
    const { questions, repairLedger } = createWorld(restorable(lostEvents), false, language)
    await repairLedger()
    return questions[0]?.detail ?? ''
  }

  it.each<[number | null, Language, string, string]>([
    [0, 'en', 'The first 1,234 entries', 'No entry is lost.'],
    [1, 'en', 'The first 1,234 entries', 'The newest entry is lost.'],
    [2500, 'en', 'The first 1,234 entries', 'The 2,500 newest entries are lost.'],
    [null, 'en', 'The first 1,234 entries', 'does not say how many'],
    [0, 'de', 'Die ersten 1.234 Einträge', 'Kein Eintrag geht verloren.'],
    [1, 'de', 'Die ersten 1.234 Einträge', 'Der neueste Eintrag ist verloren.'],
    [2500, 'de', 'Die ersten 1.234 Einträge', 'Die 2.500 neuesten Einträge sind verloren.'],
    [null, 'de', 'Die ersten 1.234 Einträge', 'sagt nicht, wie viele'],
  ])('P3 says what is lost: %j in %s', async (lostEvents, language, kept, lost) => {
    const detail = await detailOf(lostEvents, language)
    expect(detail).toContain(kept)
    expect(detail).toContain(lost)
  })

  it('names both choices in each language', async () => {
    for (const [language, cancel] of [['en', 'Cancel'], ['de', 'Abbrechen']] as const) {
      const { questions, repairLedger } = createWorld(restartable, false, language)
      await repairLedger()
      expect(questions[0]?.cancel).toBe(cancel)
      expect(Object.values(questions[0] ?? {}).every((text) => text.length > 0)).toBe(true)
    }
  })
})

import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { NameSchema } from '../../../src/contract/household.ts'
import { NewMemberSchema } from '../../../src/contract/ipc/household.ts'
import { cleanName, initialsOf, nameProblem } from '../../../src/renderer/launcher/features/household/names.ts'
import { membersOf, nameProblems, newDraftMember, type DraftMember } from '../../../src/renderer/launcher/features/household/set-up-draft.ts'

const member = (change: Partial<DraftMember>): DraftMember => ({ ...newDraftMember([]), name: 'Tim', ...change })
const membersFor = (others: readonly DraftMember[], guardian = 'Maria', locale = 'en-GB') => membersOf({ guardian, others }, 'EUR', locale)

describe('a household that is being set up', () => {
  it('has its guardian first, and each of the others with what they can spend', () => {
    const members = membersFor([member({}), member({ name: 'Lena', role: 'teen', allowance: 'amount', amount: '5.50' }), member({ name: 'Jonas', role: 'adult' })])
    expect(members).toEqual([
      { name: 'Maria', role: 'guardian', weeklyCap: null },
      { name: 'Tim', role: 'child', weeklyCap: '0' },
      { name: 'Lena', role: 'teen', weeklyCap: '550' },
      { name: 'Jonas', role: 'adult', weeklyCap: null },
    ])
    for (const one of members!) expect(v.is(NewMemberSchema, one)).toBe(true)
  })

  it('lets a grown-up have no limit, even where an amount was typed before they were made one', () => {
    expect(membersFor([member({ role: 'adult', allowance: 'amount', amount: 'rubbish' })])?.[1]).toEqual({ name: 'Tim', role: 'adult', weeklyCap: null })
  })

  it('reads amounts as the language writes them', () => {
    expect(membersFor([member({ allowance: 'amount', amount: '1.234,50' })], 'Maria', 'de-DE')?.[1]?.weeklyCap).toBe('123450')
  })

  it.each([
    ['without a guardian’s name', [member({})], ' '],
    ['with somebody who has no name', [member({ name: '' })], 'Maria'],
    ['with two of the same name', [member({ name: ' maria ' })], 'Maria'],
    ['with an amount that is none', [member({ allowance: 'amount', amount: '' })], 'Maria'],
  ])('is not asked for %s', (_what, others, guardian) => {
    expect(membersFor(others, guardian)).toBeNull()
  })

  it('tells of two names that are alike which is the later one', () => {
    expect(nameProblems({ guardian: 'Maria', others: [member({ name: 'Tim' }), member({ name: 'TIM' })] })).toEqual([null, null, 'taken'])
  })

  it('gives each row a place of its own, also after one was taken away', () => {
    const first = newDraftMember([])
    const second = newDraftMember([first])
    expect(newDraftMember([second]).key).not.toBe(second.key)
  })
})

describe('a name', () => {
  it.each([
    ['M\u202eia\u200b', 'Mia'],
    ['می\u200cترا', 'می\u200cترا'],
    ['  Anna   Lena ', 'Anna Lena'],
    ['Anna\u00a0Lena', 'Anna Lena'],
    ['Tim\u3164', 'Tim'],
    ['T\u0007im', 'T im'],
    ['\u2800', ''],
    ['月兎', '月兎'],
  ])('%j is taken as %j, which main accepts', (typed, name) => {
    expect(cleanName(typed)).toBe(name)
    if (name !== '') expect(v.is(NameSchema, name)).toBe(true)
  })

  it('is at most 40 characters long', () => {
    expect(nameProblem('x'.repeat(40), [])).toBeNull()
    expect(nameProblem('x'.repeat(41), [])).toBe('tooLong')
  })

  it.each([
    ['Maria', 'M'],
    ['anna lena schmidt', 'AS'],
    ['Karl-Heinz', 'KH'],
    ['👩‍👧 Mama', '👩‍👧M'],
  ])('of %s is known by %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

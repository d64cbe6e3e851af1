import { describe, expect, it } from 'vitest'
import { noControls } from '../../../src/domain/controls.ts'
import {
  confirmQuestion,
  excludeQuestion,
  loosenQuestion,
  type QuestionStyle,
  reminderQuestion,
  returnQuestion,
  tightenQuestion,
  withdrawQuestion,
} from '../../../src/main/usecases/control-questions.ts'
import { inBerlin, limitOf } from '../../support/control-events.ts'

const names: Readonly<Record<string, string>> = { nebelfuchs: 'Nebelfuchs GmbH' }
const sellerName = (id: string) => names[id] ?? id
const memberName = (id: string) => ({ child: 'Dot', teen: 'Cleo', eve: 'Eve' })[id] ?? id
const en: QuestionStyle = { language: 'en', locale: 'en-IE', sellerName, memberName, systemZone: inBerlin.zone }
const de: QuestionStyle = { ...en, language: 'de', locale: 'de-DE' }
const before = { ...noControls, household: inBerlin, limits: [{ period: 'week', sellerId: null, amount: '2000' }] } as const
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('the question before a control is changed', () => {
  it('P5 says which limit, from what to what, and that it cannot be taken back quickly', () => {
    const question = tightenQuestion(en, { before, change: limitOf('1050'), household: inBerlin })
    expect(question).toMatchObject({ message: 'Change the limit for each week from €20.00 to €10.50?', cancel: 'Cancel' })
    expect(question.detail).toContain('24 hours and a second yes')
    const german = tightenQuestion(de, { before, change: limitOf('1050'), household: inBerlin })
    expect(plain(german.message)).toBe('Die Grenze für jede Woche von 20,00 € auf 10,50 € ändern?')
    expect(german.detail).toContain('24 Stunden')
  })

  it('says of the first control in which currency and by which calendar limits count', () => {
    const first = { before: noControls, change: limitOf('900', 'purchase', 'nebelfuchs'), household: { zone: 'Asia/Tokyo', currency: 'JPY' } }
    expect(tightenQuestion(en, first)).toMatchObject({ message: 'Set the limit for each purchase at Nebelfuchs GmbH to JP¥900?' })
    expect(tightenQuestion(en, first).detail).toContain('counted in JPY, and by the calendar of Asia/Tokyo')
    expect(tightenQuestion(en, { before, change: limitOf('1', 'day', 'unknown-1'), household: inBerlin }).message).toContain('at unknown-1 to €0.01')
  })

  it.each(['1', '123456789012345'])('P5 has every digit of the amount: %s', (amount) => {
    const digits = (text: string) => text.replaceAll(/\D/g, '')
    expect(digits(tightenQuestion(en, { before: noControls, change: limitOf(amount, 'day'), household: inBerlin }).message)).toBe(amount.padStart(3, '0'))
  })

  it('P5 says of a looser one that it does not act yet', () => {
    const question = loosenQuestion(en, { before, change: limitOf(null), household: inBerlin })
    expect(question.message).toBe('Take away the limit for each week, which is €20.00? Not yet: it takes 24 hours and a second yes.')
    expect(question.detail).toContain('within 7 days')
    expect(loosenQuestion(de, { before, change: { kind: 'zone', zone: 'Asia/Tokyo' }, household: inBerlin }).message).toContain('Asia/Tokyo zählen statt nach Europe/Berlin')
  })

  it('says of the second yes that it acts now, and of a withdrawal what stays', () => {
    expect(confirmQuestion(en, { before, change: limitOf('3000'), household: inBerlin })).toMatchObject({ message: 'Change the limit for each week from €20.00 to €30.00?' })
    const withdrawn = withdrawQuestion(en, { before, change: limitOf('3000'), household: inBerlin })
    expect(withdrawn.detail).toContain('from €20.00 to €30.00')
    expect(withdrawQuestion(de, { before, change: { kind: 'quietHours', hours: [] }, household: inBerlin }).detail).toContain('Keine Ruhezeiten')
  })

  it('names quiet hours by their days and times', () => {
    const hours = [{ weekday: 1, fromMinute: 1320, toMinute: 360 }, { weekday: 7, fromMinute: 0, toMinute: 1439 }]
    expect(tightenQuestion(en, { before, change: { kind: 'quietHours', hours }, household: inBerlin }).message).toBe(
      'Have these quiet hours: Monday 22:00 to 06:00, Sunday 00:00 to 23:59?',
    )
    expect(tightenQuestion(de, { before, change: { kind: 'quietHours', hours }, household: inBerlin }).message).toContain('Montag 22:00 bis 06:00')
  })

  it('P5 says until when an exclusion lasts, by the calendar of the household, and that nobody can end it', () => {
    const untilMs = Date.parse('2026-07-01T22:30:00.000Z')
    const question = excludeQuestion(en, { length: '30days', untilMs, zone: 'Asia/Tokyo' })
    expect(question.message).toBe('Buy nothing for 30 days from now on?')
    expect(question.detail).toContain('2 July 2026')
    expect(question.detail).toContain('07:30')
    expect(question.detail).toContain('Nobody can end or shorten this')
    const german = excludeQuestion(de, { length: '1year', untilMs, zone: null })
    expect(german.detail).toContain('2. Juli 2026')
    expect(german.detail).toContain('00:30')
  })

  it('P5 says whose limit it is, once there are members', () => {
    const members = [{ memberId: 'child', role: 'child' }] as const
    const household = { ...before, members, limits: [...before.limits, { period: 'week', sellerId: null, memberId: 'child', amount: '0' }] } as const
    const ask = (style: QuestionStyle, change: Parameters<typeof tightenQuestion>[1]['change']) => plain(tightenQuestion(style, { before: household, change, household: inBerlin }).message)
    expect(ask(en, { kind: 'limit', period: 'week', sellerId: null, memberId: 'child', amount: '500' })).toBe('For Dot: Change the limit for each week from €0.00 to €5.00?')
    expect(ask(en, limitOf('1050'))).toBe('For the whole household: Change the limit for each week from €20.00 to €10.50?')
    expect(ask(de, { kind: 'quietHours', hours: [], memberId: 'child' })).toBe('Für Dot: Keine Ruhezeiten mehr haben?')
    expect(ask(de, limitOf('1050'))).toContain('Für den ganzen Haushalt: ')
    expect(ask(en, { kind: 'zone', zone: 'Asia/Tokyo' })).not.toContain('For ')
  })

  it('says who comes, who goes and who is what', () => {
    const household = { ...before, members: [{ memberId: 'child', role: 'child' }, { memberId: 'teen', role: 'removed' }] } as const
    const ask = (style: QuestionStyle, memberId: string, role: 'removed' | 'teen' | 'adult') =>
      confirmQuestion(style, { before: household, change: { kind: 'member', memberId, role }, household: inBerlin, wantsCode: true })
    expect(ask(en, 'child', 'teen')).toMatchObject({ message: 'Have Dot be a teen in this household?', wantsCode: true })
    expect(ask(en, 'eve', 'adult').message).toBe('Let Eve into this household as an adult?')
    expect(ask(en, 'teen', 'teen').message).toBe('Let Cleo into this household as a teen?')
    expect(ask(en, 'child', 'removed').message).toContain('Remove Dot from this household?')
    expect(ask(de, 'child', 'teen').message).toBe('Dot in diesem Haushalt als jugendliche Person führen?')
    expect(ask(de, 'eve', 'adult').message).toBe('Eve als erwachsene Person in diesen Haushalt aufnehmen?')
    expect(ask(de, 'child', 'removed').message).toContain('Dot aus diesem Haushalt entfernen?')
    const stricter = (style: QuestionStyle, role: 'removed' | 'child') => tightenQuestion(style, { before: household, change: { kind: 'member', memberId: 'child', role }, household: inBerlin })
    expect(stricter(en, 'removed')).toMatchObject({ title: 'Remove a member', confirm: 'Remove' })
    expect(stricter(de, 'removed')).toMatchObject({ title: 'Mitglied entfernen', confirm: 'Entfernen' })
    expect(stricter(en, 'child').title).toBe('Change a role')
  })

  it('P5 says for whom an exclusion or a return is', () => {
    const exclude = (style: QuestionStyle) => excludeQuestion(style, { length: '7days', untilMs: 0, zone: null, other: 'child' })
    expect(exclude(en).message).toBe('Have Dot buy nothing for 7 days from now on?')
    expect(exclude(de).message).toBe('Dot ab jetzt für 7 Tage nichts kaufen lassen?')
    expect(exclude(de).detail).toContain('1. Januar 1970')
    expect(returnQuestion(en, { other: 'child', wantsCode: true })).toMatchObject({ message: 'Let Dot buy again, in 24 hours?', wantsCode: true })
    expect(returnQuestion(de, { other: 'child' })).toMatchObject({ message: 'Dot in 24 Stunden wieder kaufen lassen?' })
  })

  it('has words in both languages for everything', () => {
    for (const style of [en, de]) {
      const questions = [reminderQuestion(style, null), reminderQuestion(style, 1), reminderQuestion(style, 7), returnQuestion(style)]
      for (const question of questions) for (const text of Object.values(question)) expect(text).not.toBe('')
    }
    expect(reminderQuestion(en, 7).message).toContain('7 purchases')
    expect(returnQuestion(de).message).toContain('24 Stunden')
  })
})

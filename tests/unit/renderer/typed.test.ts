import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CodeSchema, NoteSchema, PinSchema } from '../../../src/contract/household.ts'
import { AccountCodeSchema, type CodeMethod } from '../../../src/contract/account.ts'
import { afterSending, isSentAtOnce, waysFor } from '../../../src/renderer/confirm/step-up-ways.ts'
import { digitsOf, inFours, isPin, minuteAfter, paragraphsOf, readAccountCode, readCode, readStepCode } from '../../../src/renderer/confirm/typed.ts'
import { longestNote, readNote } from '../../../src/renderer/words/read-note.ts'

describe('a PIN that is typed', () => {
  it('has digits only in its field', () => {
    expect(digitsOf('2a4 6-8')).toBe('2468')
    expect(digitsOf('٢٤٦٨')).toBe('')
  })

  it('is sent only where main would look at it', () => {
    for (const typed of ['2468', '246', '123456789012', '1234567890123', '', '24 68', '24a8']) expect(isPin(typed)).toBe(v.is(PinSchema, typed))
  })
})

describe('a code that is typed', () => {
  it('is six digits, in groups as authenticators show them or not, or a recovery code', () => {
    expect(readCode(' 123 456 ')).toBe('123456')
    expect(readCode('7k2qm-xn4tp')).toBe('7k2qm-xn4tp')
    expect(readStepCode('123\u00A0456')).toBe('123456')
  })

  it('is nothing where main would not look at it', () => {
    for (const typed of ['', '12345', '7K2QM_XN4TP', '123456789012345678901']) expect(readCode(typed)).toBeNull()
    for (const typed of ['123456', '123 456', '7K2QM-XN4TP', '1234567']) expect(v.is(CodeSchema, readCode(typed))).toBe(true)
    expect(readStepCode('7K2QM-XN4TP')).toBeNull()
  })
})

describe('a word to the minor', () => {
  it('is one line as main takes it, whatever was pasted', () => {
    expect(readNote('  See you\n\tat  six ')).toBe('See you at six')
    for (const typed of ['a\u3164b', '\u2800x', 'a\u2028b', 'a '.repeat(100), '…']) expect(v.is(NoteSchema, readNote(typed))).toBe(true)
    expect(readNote('x'.repeat(200))).toHaveLength(longestNote)
  })

  it('is none where nothing can be seen', () => {
    for (const typed of ['', ' \n ', '\u3164', '\u200B']) expect(readNote(typed)).toBeNull()
  })
})

it('shows a secret in fours', () => {
  expect(inFours('JBSWY3DPEH')).toBe('JBSW Y3DP EH')
  expect(inFours('JBSWY3DP')).toBe('JBSW Y3DP')
})

it('parts a text where lines are blank', () => {
  expect(paragraphsOf('one\ntwo\n\nthree\n \n\nfour\n')).toEqual(['one\ntwo', 'three', 'four\n'])
  expect(paragraphsOf('')).toEqual([])
})

it('tells no time at which a try would still be too early', () => {
  expect(minuteAfter(Date.parse('2026-11-23T09:00:30.001Z')).toISOString()).toBe('2026-11-23T09:01:00.000Z')
  expect(minuteAfter(Date.parse('2026-11-23T09:01:00.000Z')).toISOString()).toBe('2026-11-23T09:01:00.000Z')
})

describe("a code of the account's second factor", () => {
  it.each<[CodeMethod, string, string | null]>([
    ['totp', '246 810', '246810'],
    ['email', ' 246810\n', '246810'],
    ['sms', '24681', null],
    ['totp', '2468101', null],
    ['totp', 'ABCDE-12345', null],
    ['totp', '٢٤٦٨١٠', null],
    ['recovery', 'abcde-12345', 'abcde-12345'],
    ['recovery', 'abcde 12345', 'abcde12345'],
    ['recovery', '246810', null],
    ['recovery', '', null],
  ])('by %s, typed as %j, is %j', (method, typed, code) => {
    expect(readAccountCode(typed, method)).toBe(code)
    if (code !== null) expect(v.is(AccountCodeSchema, code)).toBe(true)
  })

  it('is sent by itself where a code by e-mail is all there is, and never else', () => {
    expect(isSentAtOnce([{ method: 'email', destination: 'r…n@example.org' }])).toBe(true)
    expect(isSentAtOnce([{ method: 'sms', destination: '+49 … 678' }])).toBe(false)
    expect(isSentAtOnce([{ method: 'totp' }, { method: 'email', destination: 'r…n@example.org' }])).toBe(false)
    expect(isSentAtOnce([])).toBe(false)
  })

  it('needs no letters at a kiosk, unless there is nothing else', () => {
    const [totp, recovery] = [{ method: 'totp' }, { method: 'recovery' }] as const
    expect(waysFor([totp, recovery], true)).toEqual([totp])
    expect(waysFor([totp, recovery], false)).toEqual([totp, recovery])
    expect(waysFor([recovery], true)).toEqual([recovery])
  })

  it('is told to have been sent, or from when on another one can be', () => {
    const not = { kind: 'not' } as const
    expect(afterSending(not, { kind: 'sent' }, 1_000)).toEqual({ kind: 'sent' })
    expect(afterSending({ kind: 'sent' }, { kind: 'sent' }, 1_000)).toEqual({ kind: 'sentAgain' })
    expect(afterSending(not, { kind: 'wait', waitMs: 30_000 }, 1_000)).toEqual({ kind: 'wait', waitMs: 30_000, atMs: 1_000 })
    expect(afterSending(not, { kind: 'gone' }, 1_000)).toEqual({ kind: 'unavailable' })
    expect(afterSending(not, { kind: 'unavailable' }, 1_000)).toEqual({ kind: 'unavailable' })
  })
})

/** What a person types into this window, as main takes it; and what the window shows for typing elsewhere. */
import type { CodeMethod } from '../../contract/account.ts'

/** Digits only: what else is typed into the field of a PIN does not stay there. */
export const digitsOf = (typed: string): string => typed.replaceAll(/[^0-9]/g, '')

/** Whether main would look at it at all. */
export const isPin = (typed: string): boolean => /^[0-9]{4,12}$/.test(typed)

/** Six digits, which authenticators show in two groups, or a recovery code; null where it can be neither. */
export function readCode(typed: string): string | null {
  const code = typed.trim().replaceAll(/\s+/g, ' ')
  const digits = code.replaceAll(' ', '')
  if (/^\d{6}$/.test(digits)) return digits
  return /^[A-Za-z0-9 -]{6,20}$/.test(code) ? code : null
}

/** A code of an authenticator alone. */
export function readStepCode(typed: string): string | null {
  const code = readCode(typed)
  return code !== null && /^\d{6}$/.test(code) ? code : null
}

/** A code of the account's second factor, as main takes it; null where it can be none. A recovery code has two groups of five. */
export function readAccountCode(typed: string, method: CodeMethod): string | null {
  const code = typed.replaceAll(/\s/g, '')
  const shape = method === 'recovery' ? /^[A-Za-z0-9]{5}-?[A-Za-z0-9]{5}$/ : /^\d{6}$/
  return shape.test(code) ? code : null
}

/** In fours, for people who type it: `JBSW Y3DP`. */
export const inFours = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ')

/** What blank lines keep apart. */
export const paragraphsOf = (text: string): readonly string[] => text.split(/\n\s*\n/).filter((part) => part.trim() !== '')

/** The next full minute of a moment, which is when people are told that something can be done again. */
export const minuteAfter = (ms: number): Date => new Date(Math.ceil(ms / 60_000) * 60_000)

/** What people type into the fields of the pages. */
import * as v from 'valibot'
import { DisplayNameSchema, EmailSchema } from '../../contract/account.ts'

export function readEmail(typed: string | undefined): string | null {
  const read = v.safeParse(EmailSchema, typed)
  return read.success ? read.output : null
}

/** With spaces or dashes in between, as some messages have them. */
export function readSixDigits(typed: string | undefined): string | null {
  const digits = (typed ?? '').replaceAll(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}

export function readRecoveryCode(typed: string | undefined): string | null {
  const letters = (typed ?? '').replaceAll(/[\s-]/g, '').toLowerCase()
  return /^[a-z0-9]{10}$/.test(letters) ? `${letters.slice(0, 5)}-${letters.slice(5)}` : null
}

/** Null for no name, undefined for one that cannot be. */
export function readName(typed: string | undefined): string | null | undefined {
  const name = (typed ?? '').trim()
  if (name === '') return null
  const read = v.safeParse(DisplayNameSchema, name)
  return read.success ? read.output : undefined
}

/** E.164; `(0)` is what people write for those who do not dial the country. */
export function readPhone(typed: string | undefined): string | null {
  const number = (typed ?? '').replace('(0)', '').replaceAll(/[\s()./-]/g, '')
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null
}

const mostCents = 1_000_000n

/** Euros with a point or a comma, in cents. */
export function readCents(typed: string | undefined): bigint | null {
  const parts = /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec((typed ?? '').trim().replace(/\s*€$/, ''))
  if (!parts) return null
  const cents = BigInt(parts[1] ?? 0) * 100n + BigInt((parts[2] ?? '').padEnd(2, '0'))
  return cents <= mostCents ? cents : null
}

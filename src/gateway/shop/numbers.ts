/** Crockford's base 32: no I, L, O or U, so that a number read out over the telephone has one spelling. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `length` digits of 5 random bits each. */
function randomDigits(randomBytes: (size: number) => Uint8Array, length: number): string {
  return Array.from(randomBytes(length), (byte) => digits[byte % 32]).join('')
}

/** A receipt number for people, such as `T-2026-7F3K9Q2M`; 40 random bits, so the store must still refuse a second. */
export function makeReceiptNumber(randomBytes: (size: number) => Uint8Array, chargedAt: string): string {
  return `T-${chargedAt.slice(0, 4)}-${randomDigits(randomBytes, 8)}`
}

/** The id of a message, a refund or a chargeback, which says by its beginning what it is of. */
export function makeId(beginning: string, randomBytes: (size: number) => Uint8Array): string {
  return `${beginning}_${randomDigits(randomBytes, 26)}`
}

/** An identifier that nobody guesses and that never repeats: 130 random bits. */
export function makeQuoteId(randomBytes: (size: number) => Uint8Array): string {
  return makeId('q', randomBytes)
}

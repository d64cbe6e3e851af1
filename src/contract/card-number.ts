/**
 * Numbers of payment cards have no place here: the processor's own page takes them, and whatever a person types by mistake must not be kept or
 * sent. Used wherever words of a person come in that are.
 */
import * as v from 'valibot'

/** What may be between the digits as people write them, or as somebody writes who wants to get round this: anything but letters and numbers. */
const between = String.raw`[^\p{L}\p{N}]{0,3}`
const digitsInARow = new RegExp(String.raw`\p{Nd}(?:${between}\p{Nd}){12,}`, 'gu')

/**
 * Beginnings and lengths of the networks' numbers. Source: ISO/IEC 7812-1 and the networks' published ranges: Visa, Mastercard, American Express,
 * Diners Club, JCB, UnionPay, Discover, Mir, Maestro.
 */
const networks: readonly RegExp[] = [
  /^4(\d{12}|\d{15}|\d{18})$/,
  /^(5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(0[0-5]|[68]\d)\d{11}$/,
  /^35\d{14}$/,
  /^62\d{14,17}$/,
  /^6(011|4[4-9]\d|5\d\d)\d{12}$/,
  /^220[0-4]\d{12}$/,
  /^(50|5[6-8]|6\d)\d{11,17}$/,
]

/** Whether the text holds what reads as a card's number, in whatever digits, and with or without spaces. */
export function holdsCardNumber(text: string): boolean {
  return (text.match(digitsInARow) ?? []).some((row) => {
    const groups = row.split(/\P{Nd}+/u).map(inAscii)
    // An expiry or a check number may stand behind it, and a house number before.
    return groups.some((_, from) => beginsWithCardNumber(groups, from))
  })
}

const longest = 19

function beginsWithCardNumber(groups: readonly string[], from: number): boolean {
  let digits = ''
  for (let next = from; digits.length < longest && next < groups.length; next += 1) {
    digits += groups[next] ?? ''
    if (isCardNumber(digits)) return true
  }
  return false
}

function isCardNumber(digits: string): boolean {
  return digits.length <= longest && networks.some((network) => network.test(digits)) && passesLuhn(digits)
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (const [place, digit] of Array.from(digits).toReversed().entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** Digits of every script come in tens that begin at a multiple of sixteen or six places behind it (Unicode, Nd). */
function inAscii(digits: string): string {
  return Array.from(digits.normalize('NFKC'), valueOf).join('')
}

function valueOf(digit: string): string {
  const point = digit.codePointAt(0) ?? 0
  const place = point % 16
  const isFromSix = place > 9 || !/\p{Nd}/u.test(String.fromCodePoint(point - place))
  return String(isFromSix ? place - 6 : place)
}

/** For text that comes in. Of what is there already nothing is refused. */
export const withoutCardNumber = v.check((text: string) => !holdsCardNumber(text), 'the number of a card')

/** The same for what stands in an address, where a space is `+` or `%20`. */
export const addressWithoutCardNumber = v.check((address: string) => !holdsCardNumber(readable(address)), 'the number of a card')

export function readable(address: string): string {
  try {
    return decodeURIComponent(address.replaceAll('+', ' '))
  } catch {
    return address.replaceAll(/%[0-9A-Fa-f]{2}|\+/g, ' ')
  }
}

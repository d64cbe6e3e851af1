/**
 * What may be said on a channel, written by hand from what the calls mean and without the library that main reads with: one of the two is wrong
 * where they differ. Strict on purpose: a value is nothing but what it says, without a further key, another prototype or a list in place of a record.
 */
export type Shape = (value: unknown) => boolean

const isText = (value: unknown): value is string => typeof value === 'string' && value.isWellFormed()
const everyChar = (text: string, allowed: string) => Array.from(text).every((char) => allowed.includes(char))

const digits = '0123456789'
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const letters = `${capitals}${capitals.toLowerCase()}`

export const nothing: Shape = (value) => value === undefined
export const literal = (...words: readonly unknown[]): Shape => (value) => words.includes(value)
export const orNull = (shape: Shape): Shape => (value) => value === null || shape(value)
export const either = (...shapes: readonly Shape[]): Shape => (value) => shapes.some((shape) => shape(value))
export const bool: Shape = (value) => value === true || value === false
export const chars = (allowed: string, least: number, most: number): Shape => (value) =>
  isText(value) && value.length >= least && value.length <= most && everyChar(value, allowed)

export const whole = (least: number, most: number): Shape => (value) =>
  typeof value === 'number' && Math.floor(value) === value && value >= least && value <= most
export const real = (least: number, most: number): Shape => (value) => typeof value === 'number' && value >= least && value <= most

/** Exactly these keys, those of `more` as well or not. */
export function record(keys: Readonly<Record<string, Shape>>, more: Readonly<Record<string, Shape>> = {}): Shape {
  return (value) => {
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false
    const own = Reflect.ownKeys(value)
    const isKnown = own.every((key) => isText(key) && (Object.hasOwn(keys, key) || Object.hasOwn(more, key)))
    const part = (key: string) => Object.getOwnPropertyDescriptor(value, key)?.value as unknown
    return (
      isKnown &&
      Object.entries(keys).every(([key, shape]) => Object.hasOwn(value, key) && shape(part(key))) &&
      Object.entries(more).every(([key, shape]) => !Object.hasOwn(value, key) || shape(part(key)))
    )
  }
}

export const list = (shape: Shape, least: number, most: number): Shape => (value) =>
  Array.isArray(value) && value.length >= least && value.length <= most && Reflect.ownKeys(value).length === value.length + 1 && value.every(shape)

/** What every object has, so that looking it up finds something. */
const everywhere = ['__proto__', 'constructor', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString', 'toString', 'valueOf', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__']
export const id: Shape = (value) => chars(`${letters}${digits}._:-`, 1, 100)(value) && !everywhere.includes(value as string)
export const digest = chars(`${letters}${digits}_-`, 43, 43)
export const pin = chars(digits, 4, 12)
export const code = chars(`${letters}${digits} -`, 6, 20)
export const sixDigits = chars(digits, 6, 6)
/** Six digits, or twice five letters and digits with a hyphen between or none; with blanks around it. */
export const accountCode: Shape = (value) => {
  if (!isText(value)) return false
  const code = value.trim()
  const groups = code.length === 11 && code.charAt(5) === '-' ? code.slice(0, 5) + code.slice(6) : code
  return sixDigits(code) || chars(`${letters}${digits}`, 10, 10)(groups)
}
export const currency = chars(capitals, 3, 3)
export const cap: Shape = (value) => chars(digits, 1, 15)(value) && (value === '0' || !(value as string).startsWith('0'))
export const zone: Shape = (value) => chars(`${letters}${digits}_+/-`, 1, 64)(value) && letters.includes((value as string).charAt(0))
export const decimal: Shape = (value) => {
  if (!isText(value)) return false
  const [major = '', minor, ...rest] = value.split('.')
  return rest.length === 0 && chars(digits, 1, 15)(major) && (minor === undefined || chars(digits, 1, 4)(minor))
}
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const monthLengths = (year: number) => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** By the calendar (Gregorian, also before there was one). */
export const day: Shape = (value) => {
  if (!isText(value) || value.length !== 10) return false
  const [year, month, date] = [value.slice(0, 4), value.slice(5, 7), value.slice(8)]
  if (value[4] !== '-' || value[7] !== '-' || !everyChar(year + month + date, digits)) return false
  return +date >= 1 && +date <= (monthLengths(+year)[+month - 1] ?? 0)
}
/** With a period of four-digit years before and after it. */
export const inhabitedDay: Shape = (value) => day(value) && +(value as string).slice(0, 4) >= 2 && +(value as string).slice(0, 4) <= 9997
export const month: Shape = (value) => isText(value) && value.length === 7 && day(`${value}-01`) && value !== '9999-12'

/** Of these a person sees nothing, or a space. */
const blanks = new Set([0x115f, 0x1160, 0x2800, 0x3164, 0xffa0, 0x1d159].map((point) => String.fromCodePoint(point)))
const isBlank = (char: string) => blanks.has(char) || /\s/u.test(char) || char === '\u0085'
const isControl = (char: string) => (char.codePointAt(0) ?? 0) < 0x20 || ((char.codePointAt(0) ?? 0) >= 0x7f && (char.codePointAt(0) ?? 0) <= 0x9f)

/** Words with single spaces between them, of which something is to be seen. */
export const line = (most: number): Shape => (value) => {
  if (!isText(value) || value.length === 0 || value.length > most) return false
  const all = Array.from(value)
  if (all.some(isControl) || isBlank(all[0]!) || isBlank(all.at(-1)!)) return false
  if (all.some((char, at) => isBlank(char) && (blanks.has(char) || !/\p{Zs}/u.test(char) || isBlank(all[at + 1] ?? '')))) return false
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(value)
}

/** Letters, digits and what a search parameter may hold. */
export const address: Shape = (value) => {
  if (!isText(value) || value.length > 2000) return false
  return everyChar(value.startsWith('?') ? value.slice(1) : value, `${letters}${digits}._~!$&'()*+,;=:@%-`)
}

export const anyText = (most: number): Shape => (value) => isText(value) && value.length <= most

/** The number of a card for tests, which the examples carry. */
export const canaryNumber = '4242424242424242'

/** Kept or sent, and so without the number of a card. */
export const withoutCanary = (shape: Shape): Shape => (value) =>
  shape(value) && !(value as string).replaceAll(/%[0-9A-Fa-f]{2}/g, ' ').replaceAll(/[^\p{L}\p{N}]/gu, '').includes(canaryNumber)

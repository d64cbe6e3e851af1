import { describe, expect, it } from 'vitest'
import { isPlainRecord } from '../../../src/main/ipc/plain-record.ts'

const withOwn = (key: string) => Object.defineProperty({ offerId: 'lamp-oil' }, key, { value: {}, enumerable: true })
const deep = (levels: number): unknown => (levels === 0 ? 1 : { in: deep(levels - 1) })
/** Twelve lists within each other, each thirty times: few bytes, and no end to going through them. */
const wide = Array.from({ length: 10 }).reduce<unknown>((within) => Array.from({ length: 30 }, () => within), 1)
const cyclic: Record<string, unknown> = {}
cyclic['self'] = cyclic

describe('P7 what a page sends', () => {
  it.each<[string, unknown]>([
    ['a list', []],
    ['a list that carries the keys of a record', Object.assign([], { offerId: 'lamp-oil' })],
    ['such a list within', { change: Object.assign([], { kind: 'zone' }) }],
    ['a list with gaps', { ids: Object.assign([], { length: 3 }) }],
    ['an own key called __proto__', withOwn('__proto__')],
    ['an own key called constructor', withOwn('constructor')],
    ['a symbol for a key', { [Symbol('offerId')]: 1 }],
    ['a record of another prototype', Object.create({ offerId: 'lamp-oil' })],
    ['a map', new Map()],
    ['a date', { at: new Date() }],
    ['a big integer', { amount: 1n }],
    ['no number', { amount: Number.NaN }],
    ['no end', { amount: Number.POSITIVE_INFINITY }],
    ['nothing under a key', { note: undefined }],
    ['half a character', { name: 'a\uD800' }],
    ['a cycle', cyclic],
    ['far too deep', deep(13)],
    ['far too much', { wide }],
    ['a text', 'lamp-oil'],
    ['null', null],
    ['nothing', undefined],
  ])('is no plain record: %s', (_, value) => expect(isPlainRecord(value)).toBe(false))

  it.each<[string, unknown]>([
    ['an empty one', {}],
    ['texts, numbers, yes and no', { a: 'é🎉', b: -0, c: 1.5, d: true, e: null }],
    ['lists and records within', { a: [[], [{ b: ['c'] }]] }],
    ['the same record twice', ((hours) => ({ hours: [hours, hours] }))({ weekday: 1 })],
    ['as deep as it may be', deep(12)],
  ])('is one: %s', (_, value) => expect(isPlainRecord(value)).toBe(true))
})

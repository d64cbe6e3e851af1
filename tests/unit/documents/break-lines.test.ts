import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakLines, type Line } from '../../../src/main/adapters/documents/break-lines.ts'

/** Each letter is one wide; one font has Latin and Cyrillic, the other Kana, and none has anything else. */
const fontOf = (codePoint: number) => (codePoint < 0x500 ? ('own' as const) : codePoint >= 0x3000 && codePoint < 0x3100 ? ('other' as const) : null)
const measure = { fontOf, width: ({ shown }: { shown: string }) => Array.from(shown).length }
const lines = (text: string, width = 10) => breakLines(text, width, measure)
const shown = (line: Line) => line.map((run) => run.shown).join('')
const own = (text: string, of: string | null = null) => ({ shown: text, actual: of, font: 'own' })
const actual = (line: Line) => line.map((run) => run.actual ?? run.shown).join('')

describe('breaking text into lines', () => {
  it('puts as many words on a line as fit, and keeps the space for whoever copies it', () => {
    expect(lines('a cape of starlight').map(shown)).toEqual(['a cape of ', 'starlight'])
    expect(lines('one').map(shown)).toEqual(['one'])
    expect(lines('').map(shown)).toEqual([''])
    expect(lines('one\ntwo').map(shown)).toEqual(['one', 'two'])
  })

  it('breaks a word that is longer than a line where it has to', () => {
    expect(lines('0123456789abcdef').map(shown)).toEqual(['0123456789', 'abcdef'])
  })

  it('shows what has no picture, or hides, by its number, and keeps what it stands for', () => {
    expect(lines('a月b', 40)).toEqual([[own('a'), own('[U+6708]', '月'), own('b')]])
    expect(lines('😀😀', 40)).toEqual([[own('[U+1F600][U+1F600]', '😀😀')]])
    expect(lines('a\u00ADb', 40).map(shown)).toEqual(['a[U+00AD]b'])
  })

  it('takes the other font for what the first one lacks, and ends a line after any letter of it, but begins none with what closes', () => {
    expect(lines('80 ひと皿', 40)).toEqual([[own('80 '), { shown: 'ひと', actual: null, font: 'other' }, own('[U+76BF]', '皿')]])
    expect(lines('あいうえおかきくけこさ').map(shown)).toEqual(['あいうえおかきくけこ', 'さ'])
    expect(lines('あいうえおかきくけこ。').map(shown)).toEqual(['あいうえおかきくけ', 'こ。'])
  })

  it('loses no letter of any text, and no line is too long', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'B', 'ж', ' ', '月', '-', '😀', 'あ', '。'), maxLength: 60 })
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 30 }), (text, width) => {
        const broken = lines(text, width)
        expect(broken.map(actual).join('').replace(/ +/g, '')).toBe(text.replace(/ +/g, ''))
        for (const line of broken) expect(shown(line).trimEnd().length).toBeLessThanOrEqual(width)
        const joinedWords = broken.map(actual).join('').trim().split(/ +/)
        expect(joinedWords).toEqual(text.trim().split(/ +/))
      }),
    )
  })
})

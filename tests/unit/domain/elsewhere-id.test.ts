import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { IdSchema } from '../../../src/contract/text.ts'
import { elsewhereId } from '../../../src/domain/imports.ts'

const id = (name: string) => elsewhereId('csv', name)

describe('P9 what stands for a seller that only imports know', () => {
  it('is the same for a name with other capitals, accents and signs', () => {
    expect([id('Käse & Spiele'), id('KASE, SPIELE!'), id('')]).toEqual(['elsewhere:csv:kase-spiele', 'elsewhere:csv:kase-spiele', 'elsewhere:csv'])
  })

  it.each([
    ['long names that begin alike', `${'Very Long Games of the Northern and Southern Lands '.repeat(2)}East`, `${'Very Long Games of the Northern and Southern Lands '.repeat(2)}West`],
    ['names of some twenty letters that are not Latin', '株式会社東京ゲーム開発研究所販売営業部東日本', '株式会社東京ゲーム開発研究所販売営業部西日本'],
    ['a letter and what it is written as', 'ж', 'TY'],
    ['a letter beside a digit and what it is written as', 'ж1', 'ty1'],
    ['names of signs alone', '★', '♥'],
  ])('is another for %s', (_, one, other) => {
    expect(id(one)).not.toBe(id(other))
  })

  it('is an identifier, whatever the name', () => {
    const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom('x'.repeat(200), '株'.repeat(200), '★'.repeat(200)))
    fc.assert(fc.property(name, (text) => void expect(elsewhereId('playStation', text)).toSatisfy((found) => v.is(IdSchema, found))))
  })
})

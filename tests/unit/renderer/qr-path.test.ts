import { expect, it } from 'vitest'
import { qrPath, quietZone } from '../../../src/renderer/ui/qr-path.ts'

/** The modules that the path makes dark. */
function drawn(path: string): readonly string[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].flatMap(([, x, y, run, back]) => {
    expect(run).toBe(back)
    return Array.from({ length: Number(run) }, (_, step) => `${Number(x) + step} ${y}`)
  })
}

it('draws each dark module once, and four light ones around them', () => {
  expect(quietZone).toBe(4)
  expect(drawn(qrPath(['1011', '0000', '0110']))).toEqual(['4 4', '6 4', '7 4', '5 6', '6 6'])
  expect(qrPath(['11', '00'])).toBe('M4 4h2v1h-2z')
})

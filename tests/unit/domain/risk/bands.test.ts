import { describe, expect, it } from 'vitest'
import { bandOf, highestBand, usualThresholds } from '../../../../src/domain/risk/bands.ts'

const thresholds = { note: 0.1, pause: 0.3, alert: 0.7 }

describe('bands', () => {
  it.each([
    [0, 'nothing'],
    [0.0999, 'nothing'],
    [0.1, 'note'],
    [0.3, 'pause'],
    [0.6999, 'pause'],
    [0.7, 'alert'],
    [1, 'alert'],
    [Number.NaN, 'alert'],
  ])('%d leads to %s', (probability, band) => {
    expect(bandOf(probability, thresholds)).toBe(band)
  })

  it('of two harms the higher one counts', () => {
    const both = { takeover: thresholds, burst: thresholds }
    expect(highestBand({ takeover: 0.05, burst: 0.4 }, both)).toBe('pause')
    expect(highestBand({ takeover: 0.8, burst: 0.2 }, both)).toBe('alert')
  })

  it.each(['takeover', 'burst'] as const)('of %s get stricter step by step', (harm) => {
    const { note, pause, alert } = usualThresholds[harm]
    expect(note).toBeLessThan(pause)
    expect(pause).toBeLessThan(alert)
  })
})

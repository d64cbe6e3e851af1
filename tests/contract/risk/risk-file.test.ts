/** `npm run risk`, run as people run it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { observe } from '../../../src/domain/risk/observe.ts'
import { linesOf } from '../../../scripts/lib/lines-of.ts'
import { createProfileShelf } from '../../../scripts/lib/profile-shelf.ts'
import { profileAfter, steadyYear } from '../../support/risk-purchases.ts'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tuppence-risk-test-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => join(folder, name)

function risk(...args: string[]) {
  return spawnSync(process.execPath, [resolve('scripts/risk.ts'), ...args], { encoding: 'utf8', cwd: folder })
}

const line = (at: string, change: object = {}) => JSON.stringify({ at, profile: 'ada', seller: 'nebula', item: 'gems', kind: 'item', amount: 99, currency: 'EUR', ...change })

/** A month of one purchase on every other evening, then nine gems in ten minutes. */
const purchases = [
  ...Array.from({ length: 15 }, (_, turn) => line(`2026-10-${String(2 * turn + 1).padStart(2, '0')}T19:05:00Z`, { amount: 499, item: `thing-${turn % 4}` })),
  ...Array.from({ length: 9 }, (_, turn) => line(`2026-11-02T19:0${turn}:00+00:00`)),
]

interface Scored {
  readonly at: string
  readonly profile: string
  readonly takeover: number
  readonly burst: number
  readonly band: string
  readonly reasons: { readonly harm: string; readonly text: string }[]
}

const scores = (name = 'out.jsonl') => readFileSync(inFolder(name), 'utf8').trimEnd().split('\n').map((text) => JSON.parse(text) as Scored)

describe('a file of purchases', () => {
  it('is scored line by line in its order, with reasons in words and numbers', () => {
    writeFileSync(inFolder('in.jsonl'), `${purchases.join('\n')}\n`)
    const { status, stdout } = risk('--input', 'in.jsonl', '--out', 'out.jsonl')
    expect(stdout).toContain('24 purchases scored')
    expect(status).toBe(0)
    const all = scores()
    expect(all).toHaveLength(24)
    expect(Object.keys(all[0] ?? {})).toEqual(['at', 'profile', 'takeover', 'burst', 'band', 'reasons'])
    expect(all[14]).toMatchObject({ at: '2026-10-29T19:05:00Z', profile: 'ada', band: 'nothing' })
    const last = all.at(-1)
    expect(last?.burst).toBeGreaterThan(0.5)
    expect(last?.band).not.toBe('nothing')
    expect(last?.reasons.map(({ text }) => text).join('; ')).toMatch(/\b9 (purchases|times|small charges)\b.*the usual is/)
  })

  it('with lines that are none: each is named with its number and why, and left out', () => {
    const bad = ['{', '[]', line('2026-10-01T10:00:00'), line('2026-10-01T10:00:00Z', { amount: 1.5 }), line('2026-10-01T10:00:00Z', { currency: 'GEM' }), line('2026-10-01T10:00:00Z', { seller: '' }), 'x'.repeat((1 << 20) + 1)]
    writeFileSync(inFolder('in.jsonl'), [purchases[0], ...bad, '', purchases[1]].join('\r\n'))
    const { status, stderr } = risk('--input', 'in.jsonl', '--out', 'out.jsonl')
    expect(status).toBe(2)
    expect(stderr.match(/^line \d+ left out: .+$/gm)?.map((text) => text.slice(0, 70))).toMatchInlineSnapshot(`
      [
        "line 2 left out: no JSON",
        "line 3 left out: at: expected string, not Function",
        "line 4 left out: at is no instant with an offset (RFC 3339)",
        "line 5 left out: amount is no whole number of minor units above 0",
        "line 6 left out: currency is none of ISO 4217",
        "line 7 left out: seller: expected >=1, not 0",
        "line 8 left out: too long",
      ]
    `)
    expect(scores()).toHaveLength(2)
  })

  it('of several profiles: each is compared with itself alone', () => {
    const two = purchases.flatMap((text) => [text, text.replace('"ada"', '"mia"').replaceAll('nebula', 'drift')])
    writeFileSync(inFolder('one.jsonl'), purchases.join('\n'))
    writeFileSync(inFolder('two.jsonl'), two.join('\n'))
    risk('--input', 'one.jsonl', '--out', 'one.out')
    risk('--input', 'two.jsonl', '--out', 'two.out')
    expect(scores('two.out').filter(({ profile }) => profile === 'ada')).toEqual(scores('one.out'))
  })

  it('leaves what was there, and no part of a new one, where it cannot be read or written', () => {
    writeFileSync(inFolder('out.jsonl'), 'before')
    expect(risk('--input', 'missing.jsonl', '--out', 'out.jsonl')).toMatchObject({ status: 3, stderr: expect.stringContaining('missing.jsonl') as string })
    expect(readFileSync(inFolder('out.jsonl'), 'utf8')).toBe('before')
    writeFileSync(inFolder('in.jsonl'), purchases.join('\n'))
    expect(risk('--input', 'in.jsonl', '--out', join('no-folder', 'out.jsonl')).status).toBe(3)
    expect(readdirSync(folder).sort()).toEqual(['in.jsonl', 'out.jsonl'])
  })

  it.each([[[]], [['--input', 'a']], [['--input', 'a', '--out', 'a']], [['--input', 'a', '--out', 'b', '--zone', 'Mars']], [['--what']]])('asked for wrongly, %j, says how', (args) => {
    const { status, stderr } = risk(...args)
    expect(status).toBe(64)
    expect(stderr).toContain('npm run risk -- --input FILE --out FILE')
  })

  it('says how when it is asked for help', () => {
    expect(risk('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('minor units') as string })
  })
})

describe('what a long file needs', () => {
  it('lines are told apart wherever pieces of the file end', () => {
    const long = Array.from({ length: 40 }, (_, turn) => `${turn}ü`.repeat(30_000 + turn))
    writeFileSync(inFolder('long'), `${long.join('\n')}\n`)
    expect([...linesOf(inFolder('long'))].map(({ number, text }) => [number, text])).toEqual(long.map((text, at) => [at + 1, text]))
  })

  it('more profiles than are kept in memory come back as they were, and nothing stays on the disk', () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('tuppence-risk-') && !name.includes('test')).length
    const shelf = createProfileShelf(4)
    const profiles = Array.from({ length: 11 }, (_, index) => profileAfter(steadyYear(index + 1)))
    profiles.forEach((profile, index) => shelf.set(`p${index}`, profile))
    const [again] = steadyYear(1)
    profiles.forEach((profile, index) => {
      const back = shelf.get(`p${index}`)
      expect(back).toEqual(profile)
      if (again) expect(observe(back, again)).toEqual(observe(profile, again))
      shelf.set(`p${index}`, back)
    })
    shelf.close()
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('tuppence-risk-') && !name.includes('test'))).toHaveLength(before)
    expect(existsSync(folder)).toBe(true)
  })
})

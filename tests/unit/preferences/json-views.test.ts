import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJsonViews } from '../../../src/main/adapters/views/json-views.ts'
import { type MemberViews, noViews } from '../../../src/main/ports/views.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-views-'))
  file = join(folder, 'views.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const wolves: MemberViews = { last: 'text=wolf', saved: [{ name: 'Wolves', address: '?text=wolf&from=2026-10-01' }] }
const looking = (at: string) => (before: MemberViews): MemberViews => ({ ...before, last: at })

describe('views in a file', () => {
  it('are none before the first, and nothing is written for looking', async () => {
    const views = createJsonViews(file)
    expect(await views.of('teen')).toEqual(noViews)
    await views.change('teen', (before) => before)
    await views.forget(['teen'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('P10 are each member’s own, there at the next start, and for nobody else to read', async () => {
    const views = createJsonViews(file)
    await views.change('teen', () => wolves)
    await views.change(null, looking('text=alone'))
    expect(await views.of('teen')).toEqual(wolves)
    const next = createJsonViews(file)
    expect(await next.of('teen')).toEqual(wolves)
    expect(await next.of(null)).toEqual({ last: 'text=alone', saved: [] })
    expect(await next.of('child')).toEqual(noViews)
    expect(readdirSync(folder)).toEqual(['views.json'])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('of many changes at once all count, in their order', async () => {
    const views = createJsonViews(file)
    const add = (name: string) => (before: MemberViews): MemberViews => ({ last: name, saved: [...before.saved, { name, address: '' }] })
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => views.change('teen', add(name))))
    const { last, saved } = await createJsonViews(file).of('teen')
    expect([last, saved.map(({ name }) => name)]).toEqual(['d', ['a', 'b', 'c', 'd']])
  })

  it('are forgotten of some, and kept of all others', async () => {
    const views = createJsonViews(file)
    for (const memberId of ['teen', 'child', null]) await views.change(memberId, () => wolves)
    await views.forget(['teen', 'nobody'])
    const next = createJsonViews(file)
    expect(await Promise.all(['teen', 'child', null].map((memberId) => next.of(memberId)))).toEqual([noViews, wolves, wolves])
  })

  it.each(['', 'not json', '{}', 'null', '{"teen":{}}'])('are none when the file holds %j, and can be kept again', async (text) => {
    writeFileSync(file, text)
    const views = createJsonViews(file)
    expect(await views.of('teen')).toEqual(noViews)
    await views.change('teen', () => wolves)
    expect(await createJsonViews(file).of('teen')).toEqual(wolves)
  })

  it('that are none are left out without taking those of others with them', async () => {
    const broken = [
      { memberId: 'teen', last: 'javascript://x', saved: [] },
      { memberId: 'adult', last: null, saved: [{ name: 'a\u0000b', address: '' }] },
      { memberId: 'guardian', last: null, saved: [], token: 'x' },
      7,
    ]
    writeFileSync(file, JSON.stringify([...broken, { memberId: 'child', ...wolves }]))
    const views = createJsonViews(file)
    for (const memberId of ['teen', 'adult', 'guardian']) expect(await views.of(memberId)).toEqual(noViews)
    expect(await views.of('child')).toEqual(wolves)
    await views.change('teen', looking('text=x'))
    expect(await createJsonViews(file).of('child')).toEqual(wolves)
  })

  it('that cannot be written act all the same, say so each time, and are written as soon as they can be', async () => {
    const gone = join(folder, 'gone')
    const views = createJsonViews(join(gone, 'views.json'))
    await expect(views.change('teen', () => wolves)).rejects.toThrow('ENOENT')
    expect(await views.of('teen')).toEqual(wolves)
    await expect(views.change('teen', (before) => before)).rejects.toThrow('ENOENT')
    mkdirSync(gone)
    await views.change('teen', (before) => before)
    expect(await createJsonViews(join(gone, 'views.json')).of('teen')).toEqual(wolves)
  })

  it('in a file that cannot be read are not written over, and are there again when it can', async () => {
    writeFileSync(file, JSON.stringify([{ memberId: 'child', ...wolves }]))
    // What stands in for a file that cannot be read, also for root.
    const aside = join(folder, 'aside.json')
    writeFileSync(aside, readFileSync(file))
    rmSync(file)
    mkdirSync(file)
    const views = createJsonViews(file)
    expect(await views.of('child')).toEqual(noViews)
    await expect(views.change('teen', () => wolves)).rejects.toThrow('EISDIR')
    await expect(views.forget(['child'])).rejects.toThrow('EISDIR')
    rmSync(file, { recursive: true })
    writeFileSync(file, readFileSync(aside))
    chmodSync(file, 0o600)
    await views.change('teen', () => wolves)
    expect(await createJsonViews(file).of('child')).toEqual(wolves)
  })
})

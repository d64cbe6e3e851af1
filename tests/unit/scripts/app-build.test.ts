import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planBuild, wantedBuild } from '../../../scripts/lib/app-build.mjs'

let root = ''
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'sources-'))
  fs.mkdirSync(path.join(root, 'src', 'main'), { recursive: true })
  fs.writeFileSync(path.join(root, 'src', 'main', 'index.ts'), 'export {}')
  fs.writeFileSync(path.join(root, 'electron.vite.config.ts'), 'export {}')
})
afterEach(() => fs.rmSync(root, { recursive: true }))

describe('the build', () => {
  it('is left out when it was made from these sources', () => {
    const wanted = wantedBuild(root)
    expect(planBuild({ wanted, stamp: wanted, outputThere: true })).toBe('nothing')
  })

  it('is made when its output is gone or was never finished', () => {
    const wanted = wantedBuild(root)
    expect(planBuild({ wanted, stamp: wanted, outputThere: false })).toBe('build')
    expect(planBuild({ wanted, stamp: undefined, outputThere: true })).toBe('build')
  })

  it.each(['src/main/index.ts', 'electron.vite.config.ts'])('is made again after a change in %s', (file) => {
    const before = wantedBuild(root)
    fs.appendFileSync(path.join(root, file), '\n')
    expect(wantedBuild(root)).not.toEqual(before)
  })

  it('is made again after a file was renamed', () => {
    const before = wantedBuild(root)
    fs.renameSync(path.join(root, 'src/main/index.ts'), path.join(root, 'src/main/other.ts'))
    expect(wantedBuild(root)).not.toEqual(before)
  })

  it('is not made again when only times have changed, as after a checkout', () => {
    const before = wantedBuild(root)
    fs.utimesSync(path.join(root, 'src/main/index.ts'), new Date(0), new Date(0))
    expect(wantedBuild(root)).toEqual(before)
  })
})

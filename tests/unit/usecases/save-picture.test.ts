import { describe, expect, it } from 'vitest'
import type { FileProblem } from '../../../src/main/ports/file-problem.ts'
import { createSavePicture } from '../../../src/main/usecases/save-picture.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { createFamilyWorld } from '../../support/family-world.ts'

const area = { x: 0, y: 0, width: 100, height: 50 }
const png = new Uint8Array([1, 2, 3])

function saver(world: ReturnType<typeof createBuyingWorld>, change: { file?: string | null; bytes?: Uint8Array | null; problem?: FileProblem } = {}) {
  const { file = '/home/ada/march.png', bytes = png, problem = null } = change
  const written: [string, Uint8Array][] = []
  const asked: string[] = []
  const save = createSavePicture({
    ...world.deps,
    language: () => 'en',
    askFile: async ({ name }) => {
      asked.push(name)
      return file
    },
    takePicture: async () => bytes,
    writeFile: (to, what) => {
      written.push([to, what])
      return problem
    },
  })
  return { save, written, asked }
}

describe('a picture of what a month came to', () => {
  it('is written where the person says, and the page learns the name alone', async () => {
    const { save, written, asked } = saver(createBuyingWorld())
    expect(await save(area)).toEqual({ kind: 'written', name: 'march.png' })
    expect(written).toEqual([['/home/ada/march.png', png]])
    expect(asked).toEqual(['tuppence-2026-03-02.png'])
  })

  it.each([
    ['the person gives up', { file: null }, { kind: 'cancelled' }],
    ['nothing can be seen', { bytes: null }, { kind: 'noPicture' }],
  ])('is not written where %s', async (_, change, result) => {
    const { save, written } = saver(createBuyingWorld(), change)
    expect(await save(area)).toEqual(result)
    expect(written).toEqual([])
  })

  it('says why the disk did not take it', async () => {
    expect(await saver(createBuyingWorld(), { problem: 'diskFull' }).save(area)).toEqual({ kind: 'failed', problem: 'diskFull' })
  })

  it('is one at a time', async () => {
    const { save } = saver(createBuyingWorld())
    expect(await Promise.all([save(area), save(area)])).toMatchObject([{ kind: 'written' }, { kind: 'busy' }])
    expect(await save(area)).toMatchObject({ kind: 'written' })
  })

  it('P10 is nobody’s while no profile is open', async () => {
    const world = await createFamilyWorld()
    world.as(null)
    const { save, asked } = saver(world)
    expect(await save(area)).toEqual({ kind: 'locked' })
    expect(asked).toEqual([])
  })
})

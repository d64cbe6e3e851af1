import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownerFileLock, takeLock } from '../../../scripts/lib/lock.mjs'

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const never = () => expect.unreachable('nobody else holds it')

/** A process that takes the lock and keeps it until it is killed. */
async function holder(file: string, taker: 'takeLock' | 'ownerFileLock') {
  const lib = pathToFileURL(path.resolve('scripts/lib/lock.mjs')).href
  const script = `const { ${taker} } = await import('${lib}'); await ${taker}('${file}', () => {}); console.log('taken'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

describe.each([
  ['takeLock', takeLock],
  ['ownerFileLock', ownerFileLock],
] as const)('%s', (name, take) => {
  it('is free again once given back', async () => {
    const file = path.join(folder, 'lock')
    const release = await take(file, never)
    release()
    const again = await take(file, never)
    expect(again).toBeTypeOf('function')
    again()
  })

  it('waits for a holder, and is free the moment that one is killed', async () => {
    const file = path.join(folder, 'lock')
    const child = await holder(file, name)
    let waits = 0
    const release = await take(file, () => {
      waits += 1
      child.kill('SIGKILL')
    })
    release()
    expect(waits).toBe(1)
  })
})

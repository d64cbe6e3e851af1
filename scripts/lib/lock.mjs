// @ts-check
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { boundToUs } from './bound.mjs'
import { ending, passSignals } from './run.mjs'
import { which } from './which.mjs'

const WAIT_SECONDS = 30 * 60
const POLL_MS = 200

/**
 * Makes sure that only one process at a time works on what the file stands for.
 *
 * On Linux the kernel holds the lock (`flock` takes it on a descriptor that we share with it), so it
 * ends with us however we end and can never be stale. Elsewhere the file names its owner, and a
 * lock whose owner is gone is taken over.
 *
 * @param {string} file
 * @param {() => void} onWait called once, when somebody else holds it
 * @returns {Promise<() => void>} gives it back
 */
export async function takeLock(file, onWait) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  return (await kernelLock(file, onWait)) ?? (await ownerFileLock(`${file}.owner`, onWait))
}

/**
 * @param {string} file
 * @param {() => void} onWait
 * @returns {Promise<(() => void) | undefined>} undefined where there is no such lock
 */
async function kernelLock(file, onWait) {
  if (process.platform !== 'linux' || which('flock') === undefined) return undefined
  const descriptor = fs.openSync(file, 'a')
  let code = await flock(descriptor, ['-n'])
  if (code !== 0) {
    onWait()
    code = await flock(descriptor, ['-w', String(WAIT_SECONDS)])
  }
  if (code === 0) return () => fs.closeSync(descriptor)
  fs.closeSync(descriptor)
  throw new Error(`The lock ${file} was not to be had.`)
}

/**
 * @param {number} descriptor
 * @param {string[]} options
 */
async function flock(descriptor, options) {
  const [program = '', ...args] = boundToUs(['flock', ...options, '3'], 'KILL')
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', descriptor] })
  const release = passSignals(child)
  const { code } = await ending(child)
  release()
  return code
}

/**
 * @param {string} file
 * @param {() => void} onWait
 */
export async function ownerFileLock(file, onWait) {
  const giveUpAt = Date.now() + WAIT_SECONDS * 1000
  let waited = false
  while (Date.now() < giveUpAt) {
    if (createWithOwner(file)) return () => fs.rmSync(file, { force: true })
    if (removeIfOwnerIsGone(file)) continue
    if (!waited) onWait()
    waited = true
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`Another process has held ${file} for ${WAIT_SECONDS / 60} minutes.`)
}

/**
 * A link appears at once with its content, so nobody ever reads a lock without its owner.
 *
 * @param {string} file
 */
function createWithOwner(file) {
  const prepared = `${file}.${process.pid}`
  fs.writeFileSync(prepared, String(process.pid))
  try {
    fs.linkSync(prepared, file)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    return false
  } finally {
    fs.rmSync(prepared, { force: true })
  }
}

/**
 * Renaming makes sure that only one of several waiting processes clears the same stale lock.
 *
 * @param {string} file
 */
function removeIfOwnerIsGone(file) {
  try {
    const owner = Number(fs.readFileSync(file, 'utf8'))
    if (owner > 0 && isAlive(owner)) return false
    const aside = `${file}.${process.pid}`
    fs.renameSync(file, aside)
    fs.rmSync(aside, { force: true })
    return true
  } catch {
    return false
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

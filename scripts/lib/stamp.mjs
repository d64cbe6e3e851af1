// @ts-check
import fs from 'node:fs'
import path from 'node:path'

/**
 * A stamp remembers what a finished step was done for. It is written last, so an interrupted step
 * leaves none and is done again.
 */

/**
 * @param {string} file
 * @returns {unknown} undefined when there is none or it cannot be understood
 */
export function readStamp(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * @param {string} file
 * @param {unknown} value
 */
export function writeStamp(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const unfinished = `${file}.${process.pid}`
  fs.writeFileSync(unfinished, `${JSON.stringify(value)}\n`)
  fs.renameSync(unfinished, file)
}

/** @param {string} file */
export const removeStamp = (file) => fs.rmSync(file, { force: true })

// @ts-check
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const repoRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/** @param {...string} parts below the repository's root */
export const inRepo = (...parts) => path.join(repoRoot, ...parts)

/** Logs of set-up steps; shown only when a step fails. */
export const logFolder = inRepo('out', 'logs')

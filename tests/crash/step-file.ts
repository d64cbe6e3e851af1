/** Reads what `steps.cjs` wrote: the steps of one life of a process, in order. */
import { existsSync, readFileSync } from 'node:fs'

export interface Step {
  readonly name: string
  /** The purchase that it is about, or nothing. */
  readonly about: string
}

export function readSteps(file: string): Step[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [name = '', about = ''] = line.split('\t')
    return { name, about }
  })
}

export function approvalsIn(steps: readonly Step[]): string[] {
  return steps.filter(({ name }) => name === 'after commit of purchase.approved').map(({ about }) => about)
}

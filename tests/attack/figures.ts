/** What an attack came to. Whatever was accepted, or crashed something, is told in words as well. */
export interface AttackFigures {
  attempts: number
  accepted: number
  crashes: number
  /** Each thing that went wrong, the first few. */
  readonly wrong: string[]
  /** What was refused, and by what; for reading, not for judging. */
  readonly told: Record<string, number>
}

const toldAtMost = 20

export function noFigures(): AttackFigures {
  return { attempts: 0, accepted: 0, crashes: 0, wrong: [], told: {} }
}

function remember(figures: AttackFigures, words: string): void {
  if (figures.wrong.length < toldAtMost) figures.wrong.push(words)
}

export function noteAccepted(figures: AttackFigures, words: string): void {
  figures.accepted += 1
  remember(figures, `accepted: ${words}`)
}

export function noteCrash(figures: AttackFigures, words: string): void {
  figures.crashes += 1
  remember(figures, `crashed: ${words}`)
}

export function tell(figures: AttackFigures, what: string): void {
  figures.told[what] = (figures.told[what] ?? 0) + 1
}

/** A short look at any value, also at one that JSON cannot write. */
export function briefly(value: unknown): string {
  try {
    return (JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ?? String(value)).slice(0, 700)
  } catch {
    return Object.prototype.toString.call(value)
  }
}

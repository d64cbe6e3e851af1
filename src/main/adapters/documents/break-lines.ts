/** Text as it is put on paper: in lines of a width, and with what the font has no picture for said by its number. */

/** Drawn in one go. `actual` is there where something else is drawn than what the text says. */
export interface Run {
  readonly shown: string
  readonly actual: string | null
}

export type Line = readonly Run[]

export interface Measure {
  readonly has: (codePoint: number) => boolean
  /** In the unit of the widths that are asked for. */
  readonly width: (text: string) => number
}

interface Atom extends Run {
  readonly kind: 'word' | 'space' | 'end'
}

/** Lines that fit, broken at spaces and otherwise wherever it has to be. At least one, which may be empty. */
export function breakLines(text: string, width: number, measure: Measure): Line[] {
  const lines: Atom[][] = [[]]
  let used = 0
  let space: Atom | null = null
  for (const atom of atomsOf(text, measure).flatMap((one) => pieces(one, width, measure))) {
    const line = lines.at(-1) ?? []
    const size = measure.width(atom.shown)
    if (atom.kind === 'end') {
      ;[used, space] = [0, null]
      lines.push([])
    } else if (atom.kind === 'space') {
      if (line.length > 0) space = atom
    } else {
      const between: number = space ? measure.width(space.shown) : 0
      // A copy of the text has the space also where a line ends.
      if (space) line.push(space)
      space = null
      if (used + between + size > width && used > 0) {
        lines.push([atom])
        used = size
      } else {
        line.push(atom)
        used += between + size
      }
    }
  }
  return lines.map(joined)
}

/** How a character that has no picture is shown: `[U+6708]`. */
export const numberOf = (character: string): string => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`

/** Has no picture anywhere, and may make one name look like another. */
const isHidden = (character: string): boolean => /\p{Cf}/u.test(character)

function atomsOf(text: string, { has }: Measure): Atom[] {
  const atoms: Atom[] = []
  let word = ''
  const endWord = () => {
    if (word !== '') atoms.push({ kind: 'word', shown: word, actual: null })
    word = ''
  }
  for (const character of text) {
    const isSpace = character === ' ' || character === '\t'
    if (!isSpace && character !== '\n' && !isHidden(character) && has(character.codePointAt(0) ?? 0)) {
      word += character
      continue
    }
    endWord()
    if (isSpace) atoms.push({ kind: 'space', shown: ' ', actual: null })
    else if (character === '\n') atoms.push({ kind: 'end', shown: '', actual: null })
    else atoms.push({ kind: 'word', shown: numberOf(character), actual: character })
  }
  endWord()
  return atoms
}

/** A word that is longer than a line, in parts that are not. */
function pieces(atom: Atom, width: number, measure: Measure): Atom[] {
  if (atom.actual !== null || measure.width(atom.shown) <= width) return [atom]
  const parts: string[] = []
  for (const character of atom.shown) {
    const last = parts.at(-1)
    if (last !== undefined && measure.width(last + character) <= width) parts[parts.length - 1] = last + character
    else parts.push(character)
  }
  return parts.map((shown) => ({ ...atom, shown }))
}

/** What is drawn alike is drawn in one go. */
function joined(atoms: readonly Atom[]): Line {
  const runs: Run[] = []
  for (const { shown, actual } of atoms) {
    const last = runs.at(-1)
    const isAlike = last && (last.actual === null) === (actual === null)
    if (isAlike) runs[runs.length - 1] = { shown: last.shown + shown, actual: actual === null ? null : `${last.actual}${actual}` }
    else runs.push({ shown, actual })
  }
  return runs
}

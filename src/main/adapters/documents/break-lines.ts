/** Text as it is put on paper: in lines of a width, and with what the font has no picture for said by its number. */

/** The font that the text is in, or the one for what that has no picture for. */
export type FontName = 'own' | 'other'

/** Drawn in one go. `actual` is there where something else is drawn than what the text says. */
export interface Run {
  readonly shown: string
  readonly actual: string | null
  readonly font: FontName
}

export type Line = readonly Run[]

export interface Measure {
  /** Null where no font has it. */
  readonly fontOf: (codePoint: number) => FontName | null
  /** In the unit of the widths that are asked for. */
  readonly width: (run: Pick<Run, 'shown' | 'font'>) => number
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
    const size = measure.width(atom)
    if (atom.kind === 'end') {
      ;[used, space] = [0, null]
      lines.push([])
    } else if (atom.kind === 'space') {
      if (line.length > 0) space = atom
    } else {
      const between: number = space ? measure.width(space) : 0
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

/** How a character that has no picture is shown: `[U+1F600]`. */
export const numberOf = (character: string): string => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`

/** Has no picture anywhere, and may make one name look like another. */
const isHidden = (character: string): boolean => /\p{Cf}/u.test(character)

/** No line begins with these: they stay with what is before them (JIS X 4051, simplified). */
const closing = '、。，．・：；？！ー）」』】〕〉》々ぁぃぅぇぉっゃゅょァィゥェォッャュョ'

function atomsOf(text: string, { fontOf }: Measure): Atom[] {
  const atoms: Atom[] = []
  let word = ''
  const add = (kind: Atom['kind'], shown: string, font: FontName = 'own', actual: string | null = null) => void atoms.push({ kind, shown, actual, font })
  const endWord = () => {
    if (word !== '') add('word', word)
    word = ''
  }
  for (const character of text) {
    const isSpace = character === ' ' || character === '\t'
    const font = isHidden(character) ? null : fontOf(character.codePointAt(0) ?? 0)
    if (!isSpace && character !== '\n' && font === 'own') {
      word += character
      continue
    }
    endWord()
    const last = atoms.at(-1)
    if (isSpace) add('space', ' ')
    else if (character === '\n') add('end', '')
    else if (font === null) add('word', numberOf(character), 'own', character)
    // Writing without spaces: a line may end after every letter.
    else if (last?.font === 'other' && closing.includes(character)) atoms[atoms.length - 1] = { ...last, shown: last.shown + character }
    else add('word', character, 'other')
  }
  endWord()
  return atoms
}

/** A word that is longer than a line, in parts that are not. */
function pieces(atom: Atom, width: number, measure: Measure): Atom[] {
  if (atom.actual !== null || measure.width(atom) <= width) return [atom]
  const parts: string[] = []
  for (const character of atom.shown) {
    const last = parts.at(-1)
    if (last !== undefined && measure.width({ ...atom, shown: last + character }) <= width) parts[parts.length - 1] = last + character
    else parts.push(character)
  }
  return parts.map((shown) => ({ ...atom, shown }))
}

/** What is drawn alike is drawn in one go. */
function joined(atoms: readonly Atom[]): Line {
  const runs: Run[] = []
  for (const { shown, actual, font } of atoms) {
    const last = runs.at(-1)
    const isAlike = last && last.font === font && (last.actual === null) === (actual === null)
    if (isAlike) runs[runs.length - 1] = { font, shown: last.shown + shown, actual: actual === null ? null : `${last.actual}${actual}` }
    else runs.push({ shown, actual, font })
  }
  return runs
}

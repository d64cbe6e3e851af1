/** How good a password is, by zxcvbn: nothing is looked up outside. What speaks against one is said in codes; the words are with the pages. */
import type { TranslationKeys, ZxcvbnFactory } from '@zxcvbn-ts/core'

const [minLength, maxLength] = [10, 128] as const
/** Of 0 to 4: 3 is safely unguessable for whoever has a slow hash of it. */
const minScore = 3

/** `tooEasy`: nothing that has a name, and still guessed in no time. */
export type PasswordWarning = Exclude<keyof TranslationKeys['warnings'], 'pwned'> | 'tooShort' | 'tooLong' | 'tooEasy'
export type PasswordAdvice = Exclude<keyof TranslationKeys['suggestions'], 'pwned'>
export interface PasswordFault {
  readonly warning: PasswordWarning
  readonly suggestions: readonly PasswordAdvice[]
}

/** Loaded when the first password is chosen: the word lists are the largest thing that the gateway holds. */
let estimator: Promise<ZxcvbnFactory> | undefined

async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  // Without translations its feedback is made of keys.
  return new ZxcvbnFactory({ dictionary: { ...common.dictionary, ...english.dictionary }, graphs: common.adjacencyGraphs, maxLength })
}

/** Null for a good password. What the person may be known by, such as their address, makes a bad one. */
export async function passwordFault(password: string, known: readonly string[]): Promise<PasswordFault | null> {
  const { length } = password
  if (length < minLength) return { warning: 'tooShort', suggestions: ['useWords', 'noNeed'] }
  if (length > maxLength) return { warning: 'tooLong', suggestions: [] }
  estimator ??= loadEstimator()
  const { score, feedback } = (await estimator).check(password, ['tuppence', ...known.flatMap(partsOf)])
  if (score >= minScore) return null
  return { warning: (feedback.warning ?? 'tooEasy') as PasswordWarning, suggestions: feedback.suggestions as PasswordAdvice[] }
}

/** An address, what is before and after its @, and each word of it. */
function partsOf(text: string): readonly string[] {
  return [text, ...text.split('@'), ...text.split(/[^\p{L}\p{N}]+/u)].filter((part) => part.length > 1)
}

import type { WeakPassword } from '../accounts/identity.ts'
import type { Failure } from './parts.ts'
import type { Words } from './words/english.ts'

/** What speaks against a password, below the field that it was typed into. */
export function weakPassword({ errors, passwordWarnings, passwordAdvice }: Words, { warning, suggestions }: WeakPassword): Failure {
  const texts = [passwordWarnings[warning], ...suggestions.map((name) => passwordAdvice[name])]
  return { field: 'password', text: errors.weakPassword, details: texts }
}

import { callerWords } from '../accounts/caller-words.ts'
import type { Words } from './words/english.ts'

/** What a person calls the program that has sent `User-Agent`; only for recognising, as anybody can send anything. */
export function browserWords({ events }: Words, userAgent: string): string {
  const { program, system } = callerWords(userAgent)
  if (program === null) return events.unknownBrowser
  return system === null ? program : events.browser(program, system)
}

/** The words of the Security screen and of its paper. They are the same for both, so that what is shown to somebody is what was on screen. */
import type { FileKind, Finding, SafeguardId, SafeguardState, Secret, Todo } from '../ipc/posture.ts'

type Measured = Readonly<Record<string, string | number>>

export interface PostureFormats {
  readonly dateTime: (instant: string) => string
  readonly count: (value: number) => string
}

/** What was found, around what was measured. */
export type Say = (measured: Measured, format: PostureFormats) => string

export interface PostureWords {
  readonly headline: (good: number, total: number) => string
  readonly states: Readonly<Record<SafeguardState, string>>
  readonly safeguards: Readonly<Record<SafeguardId, string>>
  readonly findings: Readonly<Record<Finding, Say>>
  readonly todos: Readonly<Record<Todo, string>>
  readonly keychains: Readonly<Record<string, string>>
  readonly fileKinds: Readonly<Record<FileKind, string>>
  readonly secretKinds: Readonly<Record<Secret['kind'], string>>
  /** What the app may do, one sentence each. */
  readonly mayDo: readonly string[]
  readonly cardData: readonly string[]
  /** What the headers of a purchase are for. */
  readonly headers: string
}

/** A moment among what was measured. */
export const momentOf = (measured: Measured, name: string, { dateTime }: PostureFormats): string => dateTime(String(measured[name] ?? ''))
export const countOf = (measured: Measured, name: string, { count }: PostureFormats): string => count(Number(measured[name] ?? 0))

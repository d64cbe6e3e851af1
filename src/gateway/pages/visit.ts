/** One request of a person's browser, as the handlers of the pages see it, and what they answer. */
import type { Caller, PageSession, SecondFactorWanted } from '../accounts/identity.ts'
import type { FormFields } from '../http/form-body.ts'
import type { Html } from './html.ts'
import type { Words } from './words/english.ts'
import type { Language } from './words/words.ts'

export type NoticeName = keyof Words['notices']

/** What somebody is in the middle of: it wants one more answer, which comes with the next request. */
export type Step =
  | { readonly kind: 'signUp'; readonly pending: string }
  | { readonly kind: 'signInCode'; readonly pending: string }
  | { readonly kind: 'secondFactor'; readonly pending: string; readonly ways: SecondFactorWanted['ways']; readonly sent: readonly ('sms' | 'email')[] }
  | { readonly kind: 'reset'; readonly token: string }
  | { readonly kind: 'totp'; readonly secret: string; readonly uri: string }
  | { readonly kind: 'recoveryCodes'; readonly codes: readonly string[] }
  | { readonly kind: 'phone'; readonly pending: string; readonly phone: string }

/** Goes from page to page with the person, sealed in a cookie. */
export interface Journey {
  /** Where to go on when they are signed in; one of this server's own pages, which nobody can name from outside. */
  readonly next?: string
  readonly email?: string
  readonly step?: Step
  /** What was typed into the form that wanted a fresh sign-in; no secrets. */
  readonly typed?: FormFields
  /** Said once, on the next page. */
  readonly notice?: NoticeName
}

export interface Visit {
  /** Path without the query. */
  readonly path: string
  readonly query: FormFields
  /** What was sent by a form; empty on GET. */
  readonly fields: FormFields
  readonly language: Language
  readonly words: Words
  readonly caller: Caller
  /** The session's id, also of somebody who is not signed in. */
  readonly sessionId: string
  readonly signedIn: PageSession | null
  readonly journey: Journey
  /** Has to come back with each form. */
  readonly formToken: string
}

export interface Page {
  readonly title: string
  readonly body: Html
  /** Something was wrong with what was sent; the title says so as well. */
  readonly isError?: boolean
}

/** `journey` replaces the one there was; `session` is of somebody who has just signed in, and null of one who has just signed out. */
interface Changes {
  readonly journey?: Journey
  readonly session?: string | null
}
export type Answer =
  | ({ readonly kind: 'page'; readonly page: Page; readonly status?: number; readonly waitMs?: number } & Changes)
  | ({ readonly kind: 'goTo'; readonly path: string } & Changes)
  | ({ readonly kind: 'json'; readonly value: object; readonly status?: number } & Changes)
  | { readonly kind: 'file'; readonly name: string; readonly value: object }

export type Handler = (visit: Visit) => Promise<Answer> | Answer
/** Of those who are signed in. */
export type MemberVisit = Visit & { readonly signedIn: PageSession }

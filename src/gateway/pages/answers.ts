import type { Refused } from '../accounts/identity.ts'
import type { Failure } from './parts.ts'
import type { Answer, Handler, Page } from './visit.ts'
import type { Words } from './words/english.ts'

/** What the pages answer at one path. */
export interface PageRoute {
  readonly get?: Handler
  readonly post?: Handler
}
export type PageRoutes = Readonly<Record<string, PageRoute>>

export function showPage(page: Page): Answer {
  return { kind: 'page', page }
}

/** `status` is 422 for what was typed wrongly, 429 for what came too often. */
export function showFailure(page: Page, status: number, waitMs?: number): Answer {
  return { kind: 'page', page: { ...page, isError: true }, status, ...(waitMs !== undefined && { waitMs }) }
}

/** In words that are the same whether there is such an account or not. `wrong` is about the field of that name. */
export function refusalWords(words: Words, refused: Refused, wrong: Failure): { readonly failure: Failure; readonly status: number; readonly waitMs?: number } {
  switch (refused.kind) {
    case 'wrong':
      return { failure: wrong, status: 422 }
    case 'wait':
      return { failure: { field: null, text: words.errors.wait(words.waitTime(refused.waitMs)) }, status: 429, waitMs: refused.waitMs }
    case 'proofWanted':
      return { failure: { field: null, text: words.proof.wanted }, status: 422 }
  }
}

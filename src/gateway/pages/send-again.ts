import type { Failure } from './parts.ts'
import { refusalWords, showFailure } from './answers.ts'
import type { PageParts } from './page-parts.ts'
import { lostView } from './views/sign-up-views.ts'
import type { Answer, Page, Visit } from './visit.ts'

/** Another code for what waits for one. `page` is the page of the code, with what was wrong. */
export async function sendAgain({ identity }: PageParts, visit: Visit, pending: string, page: (failure: Failure) => Page): Promise<Answer> {
  const { words, journey, path, caller } = visit
  const result = await identity.sendAgain({ pending }, caller)
  if (result.kind === 'done') return { kind: 'goTo', path, journey: { ...journey, notice: 'codeSent' } }
  if (result.kind === 'wrong') return showFailure(lostView(visit), 422)
  const { failure, status, waitMs } = refusalWords(words, result, { field: null, text: words.errors.wrongCode })
  return showFailure(page(failure), status, waitMs)
}

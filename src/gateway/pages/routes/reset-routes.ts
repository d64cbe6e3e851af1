import { type PageRoutes, refusalWords, showFailure, showPage } from '../answers.ts'
import type { PageParts } from '../page-parts.ts'
import type { Failure } from '../parts.ts'
import { readEmail } from '../read-fields.ts'
import { forgottenView, linkGoneView, newPasswordView, resetSentView } from '../views/reset-views.ts'
import type { Answer, Visit } from '../visit.ts'
import { weakPassword } from '../weak-password.ts'

export function resetRoutes({ identity, outbox }: PageParts): PageRoutes {
  async function request(visit: Visit): Promise<Answer> {
    const { words, fields, journey, caller } = visit
    const email = readEmail(fields['email'])
    const again = (failure: Failure) => forgottenView(visit, { email: fields['email'], failure })
    if (!email) return showFailure(again({ field: 'email', text: words.errors.email }), 422)
    const result = await identity.requestReset({ email, proof: fields['proof'] ?? '' }, caller)
    if (result.kind === 'done') return { kind: 'goTo', path: '/account/forgotten/sent', journey: { ...journey, email } }
    const { failure, status, waitMs } = refusalWords(words, result, { field: null, text: words.proof.wanted })
    return showFailure(again(failure), status, waitMs)
  }

  /** The link's token leaves the address at once, so that it stays neither in the history nor on the screen. */
  function begin({ query, journey }: Visit): Answer {
    return { kind: 'goTo', path: '/account/reset', journey: { ...journey, step: { kind: 'reset', token: query['token'] ?? '' } } }
  }

  async function reset(visit: Visit): Promise<Answer> {
    const { words, fields, journey, caller } = visit
    if (journey.step?.kind !== 'reset') return showFailure(linkGoneView(visit), 422)
    const password = fields['password'] ?? ''
    if (password === '') return showFailure(newPasswordView(visit, { field: 'password', text: words.errors.newPasswordMissing }), 422)
    const result = await identity.resetPassword({ token: journey.step.token, password }, caller)
    switch (result.kind) {
      case 'done':
        return { kind: 'goTo', path: '/account/sign-in', journey: { ...(journey.next && { next: journey.next }), notice: 'passwordReset' } }
      case 'weakPassword':
        return showFailure(newPasswordView(visit, weakPassword(words, result)), 422)
      case 'wrong':
        return showFailure(linkGoneView(visit), 422)
      default: {
        const { failure, status, waitMs } = refusalWords(words, result, { field: null, text: words.reset.linkGone })
        return showFailure(newPasswordView(visit, failure), status, waitMs)
      }
    }
  }

  return {
    '/account/forgotten': { get: (visit) => showPage(forgottenView(visit)), post: request },
    '/account/forgotten/sent': { get: (visit) => showPage(resetSentView(visit, outbox !== null)) },
    '/account/reset': {
      get(visit) {
        if (visit.query['token'] !== undefined) return begin(visit)
        return visit.journey.step?.kind === 'reset' ? showPage(newPasswordView(visit)) : showFailure(linkGoneView(visit), 422)
      },
      post: reset,
    },
  }
}

import { type PageRoutes, showFailure, showPage } from '../answers.ts'
import { askToSignIn } from '../members.ts'
import type { PageParts } from '../page-parts.ts'
import { readUserCode } from '../../oauth/user-code.ts'
import { devicePath } from '../user-code.ts'
import { allowedView, allowView, deniedView, enterCodeView, goneView } from '../views/device-views.ts'
import type { Answer, Visit } from '../visit.ts'

/** Where a person lets a device in (RFC 8628 §3.3). */
export function deviceRoutes({ grants }: PageParts): PageRoutes {
  async function ask(visit: Visit): Promise<Answer> {
    const { words, query, caller, signedIn } = visit
    if (query['code'] === undefined) return showPage(enterCodeView(visit))
    const userCode = readUserCode(query['code'])
    if (!userCode) return showFailure(enterCodeView(visit, query['code'], { field: 'code', text: words.errors.deviceCode }), 422)
    const found = await grants.find(userCode, caller)
    if (found === null) return showFailure(enterCodeView(visit, userCode, { field: 'code', text: words.errors.deviceGone }), 404)
    if ('kind' in found) {
      const text = words.errors.wait(words.waitTime(found.waitMs))
      return showFailure(enterCodeView(visit, userCode, { field: null, text }), 429, found.waitMs)
    }
    if (!signedIn) return askToSignIn(visit, devicePath(userCode))
    return showPage(allowView(visit, found, signedIn.account))
  }

  async function answer(visit: Visit): Promise<Answer> {
    const { fields, caller, signedIn } = visit
    const userCode = readUserCode(fields['code'] ?? '')
    if (!userCode) return { kind: 'goTo', path: '/device' }
    if (!signedIn) return askToSignIn(visit, devicePath(userCode))
    const { accountId } = signedIn.account
    // Whatever is not a clear yes is none.
    const outcome = fields['answer'] === 'allow' ? await grants.approve(userCode, accountId, caller) : await grants.deny(userCode, accountId, caller)
    return { kind: 'goTo', path: outcomePaths[outcome] }
  }

  return {
    '/device': { get: ask, post: answer },
    '/device/allowed': { get: (visit) => showPage(allowedView(visit)) },
    '/device/denied': { get: (visit) => showPage(deniedView(visit)) },
    '/device/gone': { get: (visit) => showPage(goneView(visit)) },
  }
}

const outcomePaths = { approved: '/device/allowed', denied: '/device/denied', gone: '/device/gone' } as const

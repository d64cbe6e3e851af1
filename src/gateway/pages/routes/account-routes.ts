import type { Refused } from '../../accounts/identity.ts'
import { type PageRoutes, refusalWords, showFailure, showPage } from '../answers.ts'
import { findEvents } from '../event-groups.ts'
import { askAgain, freshMembers, members, typedBefore } from '../members.ts'
import type { PageParts } from '../page-parts.ts'
import { readPasskey } from '../read-passkey.ts'
import { afterFirstFactor, finish, isRefused } from '../sign-in-steps.ts'
import { homeView } from '../views/home-view.ts'
import { devicesView, eventsView } from '../views/list-views.ts'
import { confirmView, deletedView, deleteView, downloadView } from '../views/setting-views.ts'
import type { Answer, MemberVisit } from '../visit.ts'

/** The account as its owner sees it. */
export function accountRoutes(parts: PageParts): PageRoutes {
  const { identity, grants } = parts

  function refuseConfirm(visit: MemberVisit, refused: Refused, field: string | null, text: string): Answer {
    const { failure, status, waitMs } = refusalWords(visit.words, refused, { field, text })
    return showFailure(confirmView(visit, { failure, needsProof: refused.kind === 'proofWanted' }), status, waitMs)
  }

  async function confirm(visit: MemberVisit): Promise<Answer> {
    const { words, fields, sessionId, caller, signedIn, journey } = visit
    const { email } = signedIn.account
    switch (fields['way']) {
      case 'passkey': {
        const answer = readPasskey(fields)
        if (!answer) return refuseConfirm(visit, { kind: 'wrong' }, null, words.buttonNeedsScript)
        const result = await identity.signInWithPasskey({ ...answer, pending: null }, caller)
        return result.kind === 'signedIn' ? finish(parts, visit, result) : refuseConfirm(visit, result, null, words.errors.wrongPasskey)
      }
      case 'code': {
        const result = await identity.sendSignInCode({ email, proof: fields['proof'] || null }, caller)
        if (result.kind !== 'codeSent') return refuseConfirm(visit, result, null, words.errors.wrongCode)
        return { kind: 'goTo', path: '/account/sign-in/code', journey: { ...journey, email, step: { kind: 'signInCode', pending: result.pending } } }
      }
      default: {
        const password = fields['password'] ?? ''
        if (password === '') return refuseConfirm(visit, { kind: 'wrong' }, 'password', words.errors.passwordMissing)
        const result = await afterFirstFactor(parts, visit, await identity.refresh(sessionId, { password }, caller))
        return isRefused(result) ? refuseConfirm(visit, result, 'password', words.errors.wrongPassword) : result
      }
    }
  }

  async function homeFacts({ signedIn }: MemberVisit) {
    return { deviceCount: (await grants.signedIn(signedIn.account.accountId)).length, offersTexts: identity.offersTexts }
  }

  async function showDevices(visit: MemberVisit): Promise<Answer> {
    const all = await grants.signedIn(visit.signedIn.account.accountId)
    const wanted = (visit.query['q'] ?? '').trim().toLowerCase()
    return showPage(devicesView(visit, all, all.filter(({ name }) => name.toLowerCase().includes(wanted))))
  }

  async function signOutDevices({ fields, signedIn, caller }: MemberVisit): Promise<Answer> {
    const { accountId } = signedIn.account
    if (fields['way'] !== 'everywhere') {
      await grants.signOut(accountId, fields['sessionId'] ?? '', caller)
      return { kind: 'goTo', path: '/account/devices', journey: { notice: 'deviceSignedOut' } }
    }
    await grants.signOutEverywhere(accountId, caller)
    await identity.endPageSessions(accountId)
    return { kind: 'goTo', path: '/account/sign-in', session: null, journey: { notice: 'allSignedOut' } }
  }

  async function showEvents(visit: MemberVisit): Promise<Answer> {
    const all = await identity.events(visit.signedIn.account.accountId)
    const shown = findEvents(all, visit.words, { group: visit.query['kind'] ?? '', text: visit.query['q'] ?? '' })
    return showPage(eventsView(visit, all, shown))
  }

  async function download(visit: MemberVisit): Promise<Answer> {
    const data = await identity.download(visit.sessionId, visit.caller)
    return 'kind' in data ? askAgain(visit) : { kind: 'file', name: visit.words.download.fileName, value: data }
  }

  async function deleteAccount(visit: MemberVisit): Promise<Answer> {
    const { words, fields, signedIn, sessionId, caller } = visit
    const { email } = signedIn.account
    const typed = fields['email'] ?? ''
    if (typed.trim().toLowerCase() !== email) return showFailure(deleteView(visit, typed, { field: 'email', text: words.errors.deleteMismatch }), 422)
    const result = await identity.deleteAccount(sessionId, caller)
    return result.kind === 'notFresh' ? askAgain(visit) : { kind: 'goTo', path: '/account/deleted', session: null, journey: {} }
  }

  return {
    '/account': { get: members(async (visit) => showPage(homeView(visit, await homeFacts(visit)))) },
    '/account/confirm': {
      get: members((visit) => (visit.signedIn.isFresh ? { kind: 'goTo', path: visit.journey.next ?? '/account' } : showPage(confirmView(visit)))),
      post: members(confirm),
    },
    '/account/devices': { get: members(showDevices), post: members(signOutDevices) },
    '/account/events': { get: members(showEvents) },
    '/account/download': { get: freshMembers((visit) => showPage(downloadView(visit))), post: members(download) },
    '/account/delete': { get: freshMembers((visit) => showPage(deleteView(visit, typedBefore(visit, 'email')))), post: freshMembers(deleteAccount) },
    '/account/deleted': { get: (visit) => showPage(deletedView(visit)) },
  }
}

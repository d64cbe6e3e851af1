import { type PageRoutes, showFailure, showPage } from '../answers.ts'
import { askAgain, freshMembers, members, typedBefore } from '../members.ts'
import type { PageParts } from '../page-parts.ts'
import { readCents, readName } from '../read-fields.ts'
import { amountView, nameView, passwordView } from '../views/setting-views.ts'
import type { Answer, MemberVisit, NoticeName } from '../visit.ts'
import { weakPassword } from '../weak-password.ts'

/** Name, password, and the amount from which purchases ask for a code. */
export function settingRoutes({ identity }: PageParts): PageRoutes {
  async function setName(visit: MemberVisit): Promise<Answer> {
    const { words, fields, sessionId, caller } = visit
    const name = readName(fields['name'])
    if (name === undefined) return showFailure(nameView(visit, fields['name'], { field: 'name', text: words.errors.name }), 422)
    await identity.setDisplayName(sessionId, name, caller)
    return toAccount(name === null ? 'nameRemoved' : 'nameSaved')
  }

  async function setPassword(visit: MemberVisit): Promise<Answer> {
    const { words, fields, sessionId, caller } = visit
    const password = fields['password'] ?? ''
    if (password === '') return showFailure(passwordView(visit, { field: 'password', text: words.errors.newPasswordMissing }), 422)
    const result = await identity.setPassword(sessionId, password, caller)
    if (result.kind === 'notFresh') return askAgain(visit)
    return result.kind === 'weakPassword' ? showFailure(passwordView(visit, weakPassword(words, result)), 422) : toAccount('passwordSaved')
  }

  async function setAmount(visit: MemberVisit): Promise<Answer> {
    const { words, fields, sessionId, caller } = visit
    const cents = readCents(fields['amount'])
    if (cents === null) return showFailure(amountView(visit, fields['amount'], { field: 'amount', text: words.errors.amount }), 422)
    const result = await identity.setStepUpAbove(sessionId, cents, caller)
    return result.kind === 'notFresh' ? askAgain(visit) : toAccount('amountSaved')
  }

  return {
    '/account/name': { get: members((visit) => showPage(nameView(visit, typedBefore(visit, 'name')))), post: members(setName) },
    '/account/password': { get: freshMembers((visit) => showPage(passwordView(visit))), post: members(setPassword) },
    '/account/amount': { get: members((visit) => showPage(amountView(visit, typedBefore(visit, 'amount')))), post: members(setAmount) },
  }
}

function toAccount(notice: NoticeName): Answer {
  return { kind: 'goTo', path: '/account', journey: { notice } }
}

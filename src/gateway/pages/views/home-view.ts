import type { Account } from '../../accounts/identity.ts'
import { type Html, html } from '../html.ts'
import { euros } from '../money-words.ts'
import { banner, button, form } from '../parts.ts'
import type { MemberVisit, Page } from '../visit.ts'

export interface HomeFacts {
  readonly deviceCount: number
  /** Whether codes can be sent to a phone at all. */
  readonly offersTexts: boolean
}

/** Everything that can be looked at and changed, each behind one press. */
export function homeView(visit: MemberVisit, { deviceCount, offersTexts }: HomeFacts): Page {
  const { words, signedIn, language } = visit
  const { home } = words
  const { account } = signedIn
  const has = (kind: Account['secondFactors'][number]) => (account.secondFactors.includes(kind) ? home.isOn : home.isOff)
  const isGuarded = account.secondFactors.length > 0
  return {
    title: home.title,
    body: html`${!isGuarded && banner('open', null, [home.advice])}
      ${group(home.person, [
        row('/account/name', home.name, account.displayName ?? home.noName),
        html`<div class="row"><span>${home.email}</span><small><bdi>${account.email}</bdi></small></div>`,
        row('/account/password', home.password, account.hasPassword ? home.hasPassword : home.noPassword),
      ])}
      ${group(home.security, [
        row('/account/authenticator', home.totp, has('totp')),
        row('/account/passkeys', home.passkeys, home.passkeyCount(account.passkeys.length)),
        ...(offersTexts || account.phone ? [row('/account/phone', home.phone, account.phone ?? home.isOff)] : []),
        ...(isGuarded ? [row('/account/recovery-codes', home.recovery, home.codesLeft(account.recoveryCodesLeft))] : []),
      ])}
      ${group(home.buying, [
        row('/account/amount', home.amount, account.stepUpAboveCents === 0n ? home.everyPurchase : euros(account.stepUpAboveCents, language)),
        row('/account/devices', home.devices, home.deviceCount(deviceCount)),
        row('/device', home.letIn),
      ])}
      ${group(home.record, [row('/account/events', home.events), row('/account/download', home.download), row('/account/delete', home.delete)])}
      ${form(visit, { action: '/account/sign-out', body: button(home.signOut) })}`,
  }
}

function group(title: string, rows: readonly Html[]): Html {
  return html`<section class="stack"><h2>${title}</h2><ul class="rows">${rows.map((line) => html`<li>${line}</li>`)}</ul></section>`
}

function row(path: string, label: string, value?: string): Html {
  return html`<a href="${path}"><span>${label}</span>${value !== undefined && html`<small><bdi>${value}</bdi></small>`}</a>`
}

/** Authenticator app and recovery codes. */
import { html } from '../html.ts'
import { button, codeField, type Failure, failureBanner, form, linkButton } from '../parts.ts'
import { qrSvg } from '../qr-svg.ts'
import type { MemberVisit, Page, Visit } from '../visit.ts'
import { backTo } from './setting-views.ts'

export function addTotpView(visit: MemberVisit, { secret, uri }: { readonly secret: string; readonly uri: string }, failure: Failure | null = null): Page {
  const { totp } = visit.words
  return {
    title: totp.addTitle,
    body: html`${failureBanner(visit.words, failure)}
      <p>${totp.step1}</p>
      ${qrSvg(uri, totp.qrLabel)}
      <dl class="stack"><div><dt class="hint">${totp.key}</dt><dd class="secret" data-secret>${secret.match(/.{1,4}/g)?.join(' ') ?? ''}</dd></div></dl>
      ${linkButton(totp.open, uri)}
      <p>${totp.step2}</p>
      ${form(visit, { action: '/account/authenticator', enhance: html`data-once`, body: html`${codeField(totp.label, failure)}${button(totp.submit, { look: 'answer' })}` })}
      ${backTo(visit)}`,
  }
}

export function removeTotpView(visit: MemberVisit): Page {
  const { totp } = visit.words
  return {
    title: totp.removeTitle,
    body: html`<p class="lead">${totp.removeLead}</p>
      ${form(visit, { action: '/account/authenticator', enhance: html`data-once`, body: html`<input type="hidden" name="way" value="remove">${button(totp.remove, { look: 'bad' })}` })}
      ${backTo(visit)}`,
  }
}

export function recoveryCodesView(visit: Visit, codes: readonly string[]): Page {
  const page = visit.words.codes
  return {
    title: page.title,
    body: html`<p class="lead">${page.lead}</p>
      <ol class="codes" aria-label="${page.listLabel}">${codes.map((code) => html`<li>${code}</li>`)}</ol>
      <div class="noPrint stack">
        <div class="two"><button type="button" class="button plain" data-print>${page.print}</button>
          <button type="button" class="button plain" data-copy=".codes li" data-copied="${page.copied}">${page.copy}</button></div>
        <p class="hint" role="status"></p>
        ${form(visit, { action: '/account/recovery-codes', enhance: html`data-once`, body: html`<input type="hidden" name="way" value="kept">${button(page.done, { look: 'answer' })}` })}
      </div>`,
  }
}

export function newCodesView(visit: MemberVisit): Page {
  const page = visit.words.codes
  return {
    title: page.newTitle,
    body: html`<p class="lead">${page.newLead(visit.signedIn.account.recoveryCodesLeft)}</p>
      ${form(visit, { action: '/account/recovery-codes', enhance: html`data-once`, body: html`<input type="hidden" name="way" value="new">${button(page.make, { look: 'answer' })}` })}
      ${backTo(visit)}`,
  }
}

import type { OutboxMessage } from '../../../contract/http/sandbox-routes.ts'
import { html } from '../html.ts'
import { linkButton, moment } from '../parts.ts'
import type { Page, Visit } from '../visit.ts'

export function mailboxView(visit: Visit, messages: readonly OutboxMessage[]): Page {
  const { mailbox } = visit.words
  return {
    title: mailbox.title,
    body: html`<p class="lead">${mailbox.lead}</p>
      ${linkButton(mailbox.refresh, '/sandbox/mailbox')}
      ${messages.length === 0 && html`<p>${mailbox.none}</p>`}
      <ul class="cards">${messages.map(
        ({ at, to, subject, text }) => html`<li><h2>${subject ?? mailbox.textMessage}</h2>
          <p class="hint">${mailbox.to} <bdi>${to}</bdi> · ${moment(visit, at)}</p><p class="letter">${text}</p></li>`,
      )}</ul>`,
  }
}

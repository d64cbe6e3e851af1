import { type PageRoutes, showPage } from '../answers.ts'
import type { PageParts } from '../page-parts.ts'
import { mailboxView } from '../views/mailbox-view.ts'

/** Only where nothing is really sent. */
export function sandboxRoutes({ mailbox }: PageParts): PageRoutes {
  return mailbox ? { '/sandbox/mailbox': { get: (visit) => showPage(mailboxView(visit, mailbox())) } } : {}
}

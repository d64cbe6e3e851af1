import { type PageRoutes, showPage } from '../answers.ts'
import type { PageParts } from '../page-parts.ts'
import { mailboxView } from '../views/mailbox-view.ts'

/** Only where nothing is really sent. */
export function sandboxRoutes({ outbox }: PageParts): PageRoutes {
  return outbox ? { '/sandbox/mailbox': { get: async (visit) => showPage(mailboxView(visit, (await outbox.messages()).toReversed())) } } : {}
}

import type { Identity, NotFresh } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import { eventLetter } from './letters.ts'
import type { FindFresh } from './own-session.ts'
import { inTransaction } from '../store/open-store.ts'

const notFresh: NotFresh = { kind: 'notFresh' }

/** What is kept about a person: theirs to have (GDPR, Article 20) and to have deleted (Article 17). */
export function createOwnData(core: IdentityCore, findFresh: FindFresh): Pick<Identity, 'download' | 'deleteAccount'> {
  const { store, records, tries, events, delivery, now, publicOrigin } = core
  return {
    async download(session, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const { account, accountId } = here
      await events.record(accountId, 'dataDownloaded', caller)
      const { stepUpAboveCents, ...rest } = account
      return {
        account: { ...rest, stepUpAboveCents: Number(stepUpAboveCents), language: (await records.settings(accountId))?.language },
        securityEvents: await events.list(accountId),
        ...(await core.keptElsewhere(accountId)),
      }
    },

    async deleteAccount(session, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const { account, accountId, subject } = here
      const language = (await records.settings(accountId))?.language ?? caller.language
      await core.signOutDevices(accountId, caller)
      // What belongs to it goes with it, by the tables' own rule; receipts keep the masked address.
      await inTransaction(store, async (transaction) => {
        await transaction.deleteFrom('accounts').where('id', '=', accountId).execute()
        await core.onDeleted(transaction, { accountId, subject })
      })
      await store.deleteFrom('account_codes').where('subject', '=', subject).execute()
      await tries.forget(subject)
      delivery.mail(eventLetter(account.email, 'accountDeleted', language, { atMs: now(), caller, origin: publicOrigin() }))
      return { kind: 'done' }
    },
  }
}

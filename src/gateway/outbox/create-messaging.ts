import { createPost } from './create-post.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import type { TextSender } from './http-texts.ts'
import { createSandboxOutbox, type Outbox } from './sandbox-outbox.ts'
import type { MailServer } from './smtp-post.ts'

/** How this gateway reaches people. */
export interface Messaging {
  readonly delivery: Delivery
  /** Empty where messages really go out. */
  readonly outbox: Outbox
  readonly close: () => Promise<void>
}

export interface MessagingParts {
  /** None: the sandbox's own outbox. */
  readonly mail: MailServer | undefined
  readonly texts: TextSender | undefined
  readonly now: () => number
  readonly onError: (error: unknown) => void
}

export function createMessaging({ mail, texts, now, onError }: MessagingParts): Messaging {
  if (mail) {
    const delivery = createDelivery({ post: createPost(mail, texts), onError })
    return { delivery, outbox: { messages: async () => [] }, close: () => delivery.close() }
  }
  const outbox = createSandboxOutbox({ now, settled: () => delivery.settled() })
  const delivery = createDelivery({ post: outbox.post, onError })
  return {
    delivery,
    outbox,
    async close() {
      await delivery.close()
      await outbox.close()
    },
  }
}

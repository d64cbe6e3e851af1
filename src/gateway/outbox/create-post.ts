import { createTexter, type TextSender } from './http-texts.ts'
import type { Post } from './post.ts'
import { createMailer, type MailServer } from './smtp-post.ts'

/** Through a mail server, and through whoever sends text messages, if anybody does. */
export function createPost(mail: MailServer, texts: TextSender | undefined): Post {
  const noTexts = () => Promise.reject(new Error('this gateway sends no text messages'))
  return { canText: texts !== undefined, mail: createMailer(mail), text: texts ? createTexter(texts) : noTexts }
}

/** How the gateway reaches people: mail by SMTP (RFC 5321), and text messages through whoever sends them. */

export interface Letter {
  readonly to: string
  readonly subject: string
  /** Plain text (RFC 3676 without flowing): no tracking, nothing to fetch. */
  readonly text: string
}

export interface TextMessage {
  /** E.164, such as `+4915112345678`. */
  readonly to: string
  readonly text: string
}

/** Both reject where the message could not be handed over. */
export interface Post {
  /** Whether anybody sends text messages for this gateway. */
  readonly canText: boolean
  mail(letter: Letter): Promise<void>
  text(message: TextMessage): Promise<void>
}

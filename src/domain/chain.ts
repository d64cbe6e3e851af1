/**
 * The chain that makes the log show tampering: each event's mac covers the mac before it, so nothing can be changed,
 * removed, inserted or reordered without the key. The hash itself is passed in: this file does no I/O.
 */

/** HMAC-SHA-256 (RFC 2104, FIPS 198-1) over the parts one after the other, texts as UTF-8, with a key the caller holds: 32 bytes. */
export type Hmac = (...parts: readonly (string | Uint8Array)[]) => Uint8Array

export const macBytes = 32

/** What the first event chains from. Never written to: a zero mac is never the mac of an event. */
export const genesisMac: Uint8Array = new Uint8Array(macBytes)

/** Everything of an event that its mac covers; `payload` is already in canonical form, as text or as its UTF-8. */
export interface ChainedFields {
  readonly seq: number
  readonly id: string
  readonly type: string
  readonly at: string
  readonly actor: string
  readonly payload: string | Uint8Array
}

/**
 * The pieces of the event as one RFC 8785 text. Spliced rather than parsed and rebuilt, because the payload is by far the
 * largest part and is canonical already; joined they are the canonical form of the whole object.
 */
export function canonicalEvent<P extends ChainedFields['payload']>(event: ChainedFields & { readonly payload: P }): [string, P, string] {
  const { seq, id, type, at, actor, payload } = event
  const names = [actor, at, id, type]
  if (!names.every((name) => name.isWellFormed())) throw new TypeError('not a JSON value')
  // For a text without lone surrogates and for a whole number JSON.stringify gives what RFC 8785 §3.2.2 asks for.
  const [actorText, atText, idText, typeText] = names.map((name) => JSON.stringify(name))
  return [`{"actor":${actorText},"at":${atText},"id":${idText},"payload":`, payload, `,"seq":${JSON.stringify(seq)},"type":${typeText}}`]
}

/** `HMAC(key, previous mac ‖ canonical event)`. Throws RangeError when a mac has not 32 bytes. */
export function chainMac(hmac: Hmac, previousMac: Uint8Array, event: ChainedFields): Uint8Array {
  if (previousMac.length !== macBytes) throw new RangeError(`a mac has ${macBytes} bytes, not ${previousMac.length}`)
  const mac = hmac(previousMac, ...canonicalEvent(event))
  if (mac.length !== macBytes) throw new RangeError(`a mac has ${macBytes} bytes, not ${mac.length}`)
  return mac
}

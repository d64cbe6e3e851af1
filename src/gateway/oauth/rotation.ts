/**
 * Which refresh tokens are good. Every exchange gives out a new generation of tokens. `current` is the newest one that was given out,
 * `confirmed` the newest of which the gateway knows that it arrived, because something of it was used; 0 before the first.
 */
export interface Rotation {
  readonly current: bigint
  readonly confirmed: bigint
}

/**
 * What an exchange of the refresh token of this generation leads to. Besides the current one, the one that it was made of is good, as long
 * as the current one was never used: then its answer was lost, and nobody else can hold it. All others were superseded: `reused` (RFC
 * 9700 §4.14.2), and somebody has a copy.
 */
export function exchanged({ current, confirmed }: Rotation, generation: bigint): Rotation | 'reused' {
  if (generation !== current && generation !== confirmed) return 'reused'
  return { current: current + 1n, confirmed: generation }
}

/** The access token of this generation was used. */
export function used(rotation: Rotation, generation: bigint): Rotation {
  return generation === rotation.current ? { ...rotation, confirmed: generation } : rotation
}

import type { ConnectionFacts } from '../../domain/posture.ts'

/** How often a computer was spoken to since this data folder was made. Moments are RFC 3339. */
export interface HostCount {
  readonly host: string
  readonly connections: number
  /** Connections that were ended before anything was sent, because it was not the gateway that answered. */
  readonly refused: number
  readonly requests: number
  readonly first: string
  readonly last: string
}

/** What is known of the connections that were really made. */
export interface Connections {
  /** The newest that stood; null before the first since the start. */
  last(): ConnectionFacts | null
  /** Null where what was counted before cannot be read. */
  hosts(): Promise<readonly HostCount[] | null>
}

import type { Request } from '../../../../contract/ipc/household.ts'
import { matchesText } from '../../text-match.ts'

export type RequestState = 'all' | 'waiting' | 'ended'

export interface RequestFilter {
  readonly text: string
  readonly state: RequestState
}

const isWaiting = ({ ended }: Request) => ended === null
const movedAt = ({ ended, askedAt }: Request) => ended?.at ?? askedAt

/** Those that fit, the ones that wait before those that have ended, and of each the newest first. */
export function findRequests(requests: readonly Request[], { text, state }: RequestFilter, describe: (request: Request) => readonly string[]): readonly Request[] {
  return requests
    .filter((request) => state === 'all' || (state === 'waiting') === isWaiting(request))
    .filter((request) => matchesText(text, [request.item, request.game, request.payee, request.who.name, ...describe(request)]))
    .sort((one, other) => Number(isWaiting(other)) - Number(isWaiting(one)) || (movedAt(one) < movedAt(other) ? 1 : -1))
}

/** The calls of the launcher about asking a guardian, and about what people see of their family. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { createRequests } from './create-requests.ts'

type RequestsCall = Extract<keyof LauncherContract['calls'], `family.${string}` | `requests.${string}`>

export function createRequestsHandlers(requests: ReturnType<typeof createRequests>): Pick<Handlers<LauncherContract>, RequestsCall> {
  return {
    'family.get': requests.reportFamily,
    'requests.ask': requests.askGuardian,
    'requests.withdraw': requests.withdrawRequest,
    'requests.answer': requests.answerRequest,
  }
}

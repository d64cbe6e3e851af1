/** The launcher's calls about the account, for whoever may decide about it. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { createAccount } from './create-account.ts'

type AccountCall = Extract<keyof LauncherContract['calls'], `account.${string}`>

const notTheirs = { kind: 'unavailable', reason: 'notAllowed' } as const

export function createAccountHandlers(account: ReturnType<typeof createAccount>): Pick<Handlers<LauncherContract>, AccountCall> {
  const { devices, mayDecide, reportAccount, signIn } = account
  /** What the account is afterwards, whoever asked. */
  const deciding = (act: () => void | Promise<void>) => async () => {
    if (mayDecide()) await act()
    return reportAccount()
  }
  return {
    'account.get': () => {
      account.learnAccount()
      return reportAccount()
    },
    'account.signIn': deciding(signIn.begin),
    'account.cancelSignIn': deciding(signIn.cancel),
    'account.openPage': async (asked) => (mayDecide() ? account.openPage(asked) : { opened: false }),
    'account.signOut': deciding(account.signOut),
    'account.devices': async () => (mayDecide() ? devices.list() : notTheirs),
    'account.signOutDevice': async (asked) => (mayDecide() ? devices.signOutDevice(asked) : notTheirs),
    'account.signOutEverywhere': deciding(account.signOutEverywhere),
  }
}

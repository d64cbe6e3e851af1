/** Signing in and out on fakes: one device, its keychain, one gateway, one browser, and perhaps a kiosk. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AccountView } from '../../src/contract/ipc/account.ts'
import { createVaultSessionStore } from '../../src/main/adapters/session/vault-session-store.ts'
import { createAccount } from '../../src/main/create-account.ts'
import { createAccountHandlers } from '../../src/main/create-account-handlers.ts'
import type { GatewayState } from '../../src/main/ports/gateway.ts'
import type { KeptSignIn } from '../../src/main/ports/session.ts'
import type { SecretName } from '../../src/main/ports/vault.ts'
import { createFakeAccountGateway } from './fake-account-gateway.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeEventLog } from './fake-event-log.ts'
import { createFakeLedgerAccess } from './fake-ledger-access.ts'
import { createFakeVault } from './fake-vault.ts'

export interface SigningInWorldOptions {
  readonly isKiosk?: boolean
  readonly isNeeded?: boolean
  /** The keychain of an app that ran before. */
  readonly secrets?: Map<SecretName, string>
  readonly gateway?: ReturnType<typeof createFakeAccountGateway>
}

export function createSigningInWorld({ isKiosk = false, isNeeded = false, secrets, gateway = createFakeAccountGateway() }: SigningInWorldOptions = {}) {
  const clock = createFakeClock()
  const vault = createFakeVault(secrets)
  const log = createFakeEventLog({ clock, vault: createFakeVault() })
  const kiosk = { on: isKiosk, touches: 0 }
  const opened: string[] = []
  const told: AccountView[] = []
  const unexpected: unknown[] = []
  const counts = { signedIn: 0, closed: 0 }
  const listeners = new Set<(state: GatewayState) => void>()
  const profile: { open: string | null } = { open: null }
  const account = createAccount({
    actor: () => profile.open,
    browser: {
      async open(address) {
        opened.push(address)
        return !kiosk.on
      },
    },
    clock,
    confirmWindow: { close: () => void (counts.closed += 1) },
    gateway: {
      ...gateway,
      onStateChanged(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    isNeeded,
    kiosk: { isOn: () => kiosk.on, touch: () => void (kiosk.touches += 1) },
    ledger: createFakeLedgerAccess(log),
    onSignedIn: () => void (counts.signedIn += 1),
    onUnexpected: (error) => void unexpected.push(error),
    platform: 'linux',
    qrModules: (text) => [text.includes('code=') ? '101' : '000'],
    store: createVaultSessionStore({ vault }),
    tell: (view) => void told.push(view),
  })

  const handlers = createAccountHandlers(account)

  /** Waits for what is under way, and fails where it never comes. */
  async function until(condition: () => boolean): Promise<void> {
    for (let turns = 0; turns < 2_000; turns += 1) {
      if (condition()) return
      await nextTurn()
    }
    throw new Error('it never came')
  }
  const settled = async () => {
    for (let turns = 0; turns < 30; turns += 1) await nextTurn()
  }
  async function pass(ms: number): Promise<void> {
    clock.advance(ms)
    clock.wake()
    await settled()
  }
  return {
    ...{ account, profile, clock, counts, gateway, kiosk, log, opened, told, unexpected, until, settled, pass, vault },
    calls: {
      get: () => handlers['account.get'](undefined),
      signIn: () => handlers['account.signIn'](undefined),
      cancelSignIn: () => handlers['account.cancelSignIn'](undefined),
      openPage: handlers['account.openPage'],
      signOut: () => handlers['account.signOut'](undefined),
      listDevices: () => handlers['account.devices'](undefined),
      signOutDevice: handlers['account.signOutDevice'],
      signOutEverywhere: () => handlers['account.signOutEverywhere'](undefined),
    },
    view: account.reportAccount,
    kept: (): KeptSignIn | null => {
      const text = vault.secrets.get('session')
      return text === undefined ? null : (JSON.parse(text) as KeptSignIn)
    },
    reachable: async (state: GatewayState = 'ready') => {
      for (const listener of listeners) listener(state)
      await settled()
    },
    async signIn(): Promise<void> {
      gateway.answer = 'yes'
      await handlers['account.signIn'](undefined)
      await pass(5_000)
      await until(() => account.session.current()?.account !== undefined)
      await settled()
    },
  }
}

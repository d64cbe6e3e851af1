import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Bridge } from '../../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../../contract/ipc/launcher.ts'
import { audienceOf, openPerson } from '../features/household/household-store.ts'
import { createPresence, followPresence } from '../features/profiles/presence.ts'
import { createLastingStores, createStores, type Stores } from './stores.ts'

/** All that the screens hold for whoever is in front of them. */
export interface Sitting {
  /** Another one for each sitting. */
  readonly number: number
  readonly stores: Stores
}

export interface Surroundings {
  readonly bridge: Bridge<LauncherContract>
  readonly showStore: () => void
  /** Where pointer and keyboard are heard. */
  readonly input: Parameters<typeof followPresence>[0]
}

/** Loads what the first screen needs and follows what main tells; gives the function that stops following. */
function startSitting({ bridge, input, showStore }: Surroundings, { account, app, household, catalogue, controls, family, monitoring, purchase }: Stores): () => void {
  const stops = [
    app.subscribe(({ status }, before) => {
      const isNews = status !== before.status && before.status !== null
      const canLoad = status?.gateway === 'ready' && catalogue.getState().catalogue.kind === 'unavailable'
      if (isNews && canLoad) void catalogue.getState().load()
    }),
    // Somebody came, went or is called otherwise; what is shown of them is asked for again.
    household.subscribe(({ view }, before) => {
      if (view === before.view || before.view.kind === 'loading') return
      void controls.getState().load()
      if (openPerson(view)) void family.getState().load()
    }),
    account.subscribe(({ view }, before) => {
      if (view === before.view) return
      if (view?.kind === 'signedOut') purchase.getState().giveUpWaiting()
      if (view?.kind !== 'signedIn' || purchase.getState().waitingFor === null) return
      showStore()
      void purchase.getState().goOn()
    }),
    purchase.getState().follow(),
    // Followed on every screen: a warning, or an exclusion that was begun, is told wherever the person is.
    controls.getState().follow(),
    // So is that something looks wrong.
    monitoring.getState().follow(),
  ]
  if (openPerson(household.getState().view)) {
    // So is what waits for a guardian.
    stops.push(family.getState().follow())
    stops.push(followPresence(input, createPresence(() => bridge.profiles.touch())))
  }
  void catalogue.getState().load()
  return () => {
    for (const stop of stops) stop()
  }
}

/**
 * The stores of whoever is in front of the screen. When that is somebody else, or nobody, all that they held is dropped and others
 * are begun: nothing of one member is shown to the next. `dispose` stops following.
 */
export function startStores(surroundings: Surroundings): { readonly sitting: StoreApi<Sitting>; readonly dispose: () => void } {
  const { bridge } = surroundings
  const lasting = createLastingStores(bridge)
  const first = createStores(bridge, lasting)
  const sitting = createStore<Sitting>()(() => ({ number: 1, stores: first }))
  const stopApp = lasting.app.getState().follow()
  let stopSitting = startSitting(surroundings, first)
  let audience = audienceOf(lasting.household.getState().view)
  const stopChanges = lasting.household.subscribe(({ view }) => {
    const next = audienceOf(view)
    // While nobody knows, what is shown is still for the same.
    if (next === null || next === audience) return
    // The stores that the page opened with are for whoever is found in front of it, unless that is a member.
    const isFirstAndOpen = audience === null && openPerson(view) === null
    audience = next
    if (isFirstAndOpen) return
    stopSitting()
    const stores = createStores(bridge, lasting)
    sitting.setState(({ number }) => ({ number: number + 1, stores }))
    stopSitting = startSitting(surroundings, stores)
  })
  const stopAccount = lasting.account.getState().follow()
  const stopKiosk = lasting.kiosk.getState().follow(surroundings.input)
  const stopHousehold = lasting.household.getState().follow()
  return {
    sitting,
    dispose() {
      for (const stop of [stopSitting, stopChanges, stopHousehold, stopKiosk, stopAccount, stopApp]) stop()
    },
  }
}

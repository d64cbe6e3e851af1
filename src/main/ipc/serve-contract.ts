import type { IpcMain } from 'electron'
import * as v from 'valibot'
import { type Channel, type Contract, channelName, type EventData, type Handlers } from '../../contract/ipc/channel.ts'
import { isPlainRecord } from './plain-record.ts'
import { isFrom, type TrustedPage } from './sender.ts'

/** Sends an event of the contract to the page, if its window is open. */
export type Emit<C extends Contract> = <N extends keyof C['events'] & string>(name: N, data: EventData<C, N>) => void

/**
 * Serves every call of a contract to its one page. By construction each call is checked the same way: right window, main
 * frame, exact origin, plain record, input parsed strictly, answer parsed too. What fails is refused with one word, so that
 * a page learns nothing from it.
 */
export function serveContract<C extends Contract>(
  ipcMain: Pick<IpcMain, 'handle'>,
  contract: C,
  page: TrustedPage,
  handlers: Handlers<C>,
  report: (channel: Channel<C>, error: unknown) => void,
): void {
  for (const [name, call] of Object.entries(contract.calls)) {
    const handler = handlers[name as keyof C['calls']] as (input: unknown) => unknown
    const channel = channelName(contract, name) as Channel<C>
    ipcMain.handle(channel, async (event, ...args: unknown[]) => {
      try {
        if (!isFrom(page, event)) throw new Error('not from the page that this channel belongs to')
        if (args.length > 1) throw new Error('more than one argument')
        if (args[0] !== undefined && !isPlainRecord(args[0])) throw new Error('not a plain record')
        return v.parse(call.output, await handler(v.parse(call.input, args[0])))
      } catch (error) {
        report(channel, error)
        // eslint-disable-next-line preserve-caught-error -- a cause would tell the page what it is not to learn
        throw new Error('refused')
      }
    })
  }
}

export function createEmit<C extends Contract>(contract: C, page: TrustedPage): Emit<C> {
  return (name, data) => {
    const contents = page.contents()
    if (!contents || contents.isDestroyed()) return
    const schema = (contract.events as Record<string, v.GenericSchema>)[name]
    if (schema) contents.send(channelName(contract, name), v.parse(schema, data))
  }
}

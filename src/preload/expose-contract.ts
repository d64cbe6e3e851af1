import { contextBridge, ipcRenderer } from 'electron'
import { type Contract, channelName, eventMethod, splitName } from '../contract/ipc/channel.ts'

/** Builds the page's bridge from the contract: one function for each call and event, and nothing else. */
export function exposeContract(contract: Contract): void {
  const bridge: Record<string, Record<string, unknown>> = {}
  const add = (name: string, method: (action: string) => string, implementation: unknown) => {
    const [topic, action] = splitName(name)
    ;(bridge[topic] ??= {})[method(action)] = implementation
  }
  for (const name of Object.keys(contract.calls)) {
    const channel = channelName(contract, name)
    add(name, (action) => action, (input: unknown) => ipcRenderer.invoke(channel, input))
  }
  for (const name of Object.keys(contract.events)) {
    add(name, eventMethod, subscription(channelName(contract, name)))
  }
  contextBridge.exposeInMainWorld(contract.bridge, bridge)
}

/** The listener gets the data only: an event object would hand the page a way to Electron's internals. */
function subscription(channel: string) {
  return (listener: (data: unknown) => void) => {
    const forward = (_event: unknown, data: unknown) => listener(data)
    ipcRenderer.on(channel, forward)
    return () => {
      ipcRenderer.off(channel, forward)
    }
  }
}

import { describe, expect, it } from 'vitest'
import { narrowElectron } from '../../../scripts/lib/electron-apis.mjs'

const types = `// Ä comment with more bytes than letters — so that places are counted in bytes
type First = string
declare namespace Electron {
  const Emitter: typeof import('events').EventEmitter
  interface Options { readonly size: number }
  class Base extends Emitter {
    show(): void
    hide(): void
    on(event: 'shown', listener: () => void): this
    on(event: 'hidden', listener: () => void): this
  }
  class Window extends Base {
    constructor(options: Options)
    close(): void
  }
  interface App extends NodeJS.EventEmitter {
    quit(): void
    exit(): void
  }
  namespace Main {
    const app: App
  }
}
`
const narrow = (allowed: Record<string, string[]>) => narrowElectron(types, allowed).text.replaceAll(/\s+/g, ' ')

describe('Electron’s types, less what is not on the list', () => {
  it('keep what is listed, also of a parent, and events one by one', () => {
    const text = narrow({ Window: ['constructor', 'show', "'shown'"], App: ['quit'] })
    expect(text).toContain("class Base extends Bare { show(): void on(event: 'shown', listener: () => void): this }")
    expect(text).toContain('class Window extends Base { constructor(options: Options) }')
    expect(text).toContain('interface App extends Bare { quit(): void }')
  })

  it('keep no member of what is not listed, and all that is only passed to and fro', () => {
    const text = narrow({})
    expect(text).not.toMatch(/show|hide|quit|exit|close|shown/)
    expect(text).toContain('interface Options { readonly size: number }')
  })

  it('cannot list what Electron does not have', () => {
    expect(() => narrow({ Window: ['minimise'] })).toThrow('Electron has no Window minimise.')
    expect(() => narrow({ Window: ["'closed'"] })).toThrow()
  })

  it('tell which modules and classes there are', () => expect(narrowElectron(types, {}).known).toEqual(['Base', 'Window', 'App']))
})

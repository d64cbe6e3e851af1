import type { XConnection } from './connection.ts'

/** Event masks and event numbers of the X protocol that are used here. */
export const mask = { structure: 1 << 17, substructure: 1 << 19, substructureRedirect: 1 << 20, focus: 1 << 21, property: 1 << 22 }
export const event = { focusIn: 9, focusOut: 10, create: 16, destroy: 17, unmap: 18, map: 19, configure: 22, property: 28 }

export type Rectangle = { x: number; y: number; width: number; height: number }

const words = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeInt32LE(value | 0, index * 4))
  return bytes
}

/** X requests by name, over one connection. Windows and atoms are numbers. */
export type X = ReturnType<typeof createRequests>

export function createRequests(connection: XConnection) {
  const { send, ask, root } = connection
  const atoms = new Map<string, Promise<number>>()
  const atomNames = new Map<number, string>()
  const extensions = new Map<string, Promise<number>>()

  const atom = (name: string): Promise<number> => {
    const known = atoms.get(name)
    if (known) return known
    const bytes = Buffer.alloc(4 + ((name.length + 3) & ~3))
    bytes.writeUInt16LE(name.length, 0)
    bytes.write(name, 4, 'latin1')
    const asked = ask(16, 0, bytes).then((reply) => {
      const value = reply?.readUInt32LE(8) ?? 0
      atomNames.set(value, name)
      return value
    })
    atoms.set(name, asked)
    return asked
  }

  /** The number under which the server takes an extension's requests; 0 when it has none. */
  const extension = (name: string): Promise<number> => {
    const known = extensions.get(name)
    if (known) return known
    const bytes = Buffer.alloc(4 + ((name.length + 3) & ~3))
    bytes.writeUInt16LE(name.length, 0)
    bytes.write(name, 4, 'latin1')
    const asked = ask(98, 0, bytes).then((reply) => (reply?.[8] === 1 ? reply[9]! : 0))
    extensions.set(name, asked)
    return asked
  }

  const changeProperty = async (window: number, name: string, type: string, format: 8 | 32, data: Buffer) => {
    const [property, typeAtom] = await Promise.all([atom(name), atom(type)])
    const body = Buffer.alloc(20 + ((data.length + 3) & ~3))
    words(window, property, typeAtom).copy(body)
    body[12] = format
    body.writeUInt32LE(data.length / (format / 8), 16)
    data.copy(body, 20)
    send(18, 0, body)
  }

  const getProperty = async (window: number, name: string): Promise<Buffer | null> => {
    const reply = await ask(20, 0, words(window, await atom(name), 0, 0, 1024))
    if (!reply || reply[1] === 0) return null
    return reply.subarray(32, 32 + reply.readUInt32LE(16) * (reply[1]! / 8))
  }

  const sendEvent = (destination: number, eventMask: number, bytes: Buffer) =>
    send(25, 0, Buffer.concat([words(destination, eventMask), bytes]))

  /** Asks the window manager for something, the way EWMH says: a message to the root window. */
  const tellManager = async (window: number, message: string, ...values: number[]) => {
    const bytes = Buffer.alloc(32)
    bytes[0] = 33
    bytes[1] = 32
    bytes.writeUInt32LE(window, 4)
    bytes.writeUInt32LE(await atom(message), 8)
    words(...values).copy(bytes, 12)
    sendEvent(root, mask.substructure | mask.substructureRedirect, bytes)
  }

  return {
    root,
    screen: connection.screen,
    onEvent: connection.onEvent,
    close: connection.close,
    atom,
    atomName: (value: number) => atomNames.get(value),
    changeProperty,
    getProperty,
    tellManager,
    setText: (window: number, name: string, text: string) => changeProperty(window, name, 'UTF8_STRING', 8, Buffer.from(text)),
    setAtoms: async (window: number, name: string, values: string[]) =>
      changeProperty(window, name, 'ATOM', 32, words(...(await Promise.all(values.map(atom))))),
    setWords: (window: number, name: string, type: string, values: number[]) =>
      changeProperty(window, name, type, 32, words(...values)),
    selectEvents: (window: number, eventMask: number) => send(2, 0, words(window, 0x800, eventMask)),
    /**
     * Whether pointer events reach the window, through its input shape (Shape Extension 1.1): an empty one lets them
     * through to what is below. Without the extension the window keeps them.
     */
    async setPointerInput(window: number, isOn: boolean) {
      const shape = await extension('SHAPE')
      if (shape === 0) return
      const set = 0
      const inputKind = 2
      const [rectangles, pixmap] = [1, 2]
      const kind = Buffer.from([set, inputKind, 0, 0])
      if (isOn) send(shape, pixmap, Buffer.concat([kind, words(window, 0, 0)]))
      else send(shape, rectangles, Buffer.concat([kind, words(window, 0)]))
    },
    map: (window: number) => send(8, 0, words(window)),
    unmap: (window: number) => send(10, 0, words(window)),
    /** ICCCM 4.1.4: the withdrawing client also tells the window manager in so many words. */
    withdraw(window: number) {
      send(10, 0, words(window))
      const bytes = Buffer.alloc(32)
      bytes[0] = event.unmap
      bytes.writeUInt32LE(root, 4)
      bytes.writeUInt32LE(window, 8)
      sendEvent(root, mask.substructure | mask.substructureRedirect, bytes)
    },
    place: (window: number, { x, y, width, height }: Rectangle) => send(12, 0, words(window, 1 | 2 | 4 | 8, x, y, width, height)),
    raise: (window: number) => send(12, 0, words(window, 64, 0)),
    focus: (window: number) => send(42, 2, words(window, 0)),
    focused: async () => (await ask(43, 0, Buffer.alloc(0)))?.readUInt32LE(8) ?? 0,
    children: async (window: number) => {
      const reply = await ask(15, 0, words(window))
      if (!reply) return []
      return Array.from({ length: reply.readUInt16LE(16) }, (_, index) => reply.readUInt32LE(32 + index * 4))
    },
    isMapped: async (window: number) => ((await ask(3, 0, words(window)))?.[26] ?? 0) === 2,
    geometry: async (window: number): Promise<Rectangle | null> => {
      const reply = await ask(14, 0, words(window))
      const at = await ask(40, 0, words(window, root, 0))
      if (!reply || !at) return null
      return { x: at.readInt16LE(12), y: at.readInt16LE(14), width: reply.readUInt16LE(16), height: reply.readUInt16LE(18) }
    },
  }
}

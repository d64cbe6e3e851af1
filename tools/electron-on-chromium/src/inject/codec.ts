/** How values that structured cloning knows travel as text; what it does not know is up to the hooks. */
export type Codec = {
  encode(value: unknown, hooks?: EncodeHooks): string
  decode(text: string, hooks?: DecodeHooks): unknown
}
export type EncodeHooks = {
  /** An id for the function, to be called from the other side; without this hook functions cannot be cloned. */
  functionId?(value: (...args: unknown[]) => unknown): number
  promiseId?(value: Promise<unknown>): number
  /** Replaces a value before it is looked at; returns it unchanged otherwise. */
  replace?(value: object): object
}
export type DecodeHooks = {
  functionOf?(id: number): unknown
  promiseOf?(id: number): unknown
  /** Called with every object and array once it is complete. */
  finish?(value: object): void
}

/**
 * Self-contained on purpose: its source text is injected into pages. There it runs before any page script and takes
 * what it needs, so that prototypes a page overwrites later (a setter on Object.prototype, Array.prototype.push, toJSON)
 * are never consulted: every object it builds for itself has no prototype, every own property is defined, not assigned.
 */
export function createCodec(): Codec {
  'use strict'
  const { apply, ownKeys, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Reflect
  const { isArray } = Array
  const { parse, stringify } = JSON
  const { is } = Object
  const { isView } = ArrayBuffer
  const { isError } = Error as unknown as { isError(value: unknown): boolean }
  const ObjectPrototype = Object.prototype
  const $Map = Map, $Set = Set, $Date = Date, $RegExp = RegExp, $ArrayBuffer = ArrayBuffer, $Uint8Array = Uint8Array
  const $BigInt = BigInt, $String = String, $Number = Number, $TypeError = TypeError, $Error = Error, $Promise = Promise
  const namedErrors: Record<string, ErrorConstructor> = Object.assign(Object.create(null), { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError })
  const views: Record<string, new (buffer: ArrayBuffer, offset: number, length?: number) => ArrayBufferView> = Object.assign(Object.create(null), {
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
  })
  const getter = (prototype: object, name: PropertyKey) => getOwnPropertyDescriptor(prototype, name)!.get!
  const TypedArrayPrototype = getPrototypeOf($Uint8Array.prototype)!
  const viewName = getter(TypedArrayPrototype, Symbol.toStringTag)
  const viewLength = getter(TypedArrayPrototype, 'length')
  const viewParts = { buffer: getter(TypedArrayPrototype, 'buffer'), offset: getter(TypedArrayPrototype, 'byteOffset'), size: getter(TypedArrayPrototype, 'byteLength') }
  const dataViewParts = { buffer: getter(DataView.prototype, 'buffer'), offset: getter(DataView.prototype, 'byteOffset'), size: getter(DataView.prototype, 'byteLength') }
  const bufferSize = getter($ArrayBuffer.prototype, 'byteLength')
  const dateTime = $Date.prototype.getTime
  const mapForEach = $Map.prototype.forEach, mapSet = $Map.prototype.set, mapGet = $Map.prototype.get
  const setForEach = $Set.prototype.forEach, setAdd = $Set.prototype.add
  const sourceOf = getter($RegExp.prototype, 'source'), flagsOf = getter($RegExp.prototype, 'flags')
  const promiseThen = $Promise.prototype.then
  const fromCharCode = $String.fromCharCode, charCodeAt = $String.prototype.charCodeAt

  type Node = { [key: string]: unknown }
  const bare = <T extends object>(value: T): T => {
    setPrototypeOf(value, null)
    return value
  }
  const node = (tag: string, value?: unknown, id?: number): Node => bare({ t: tag, v: value, i: id } as Node)
  const descriptor = (value: unknown) => bare({ value, writable: true, enumerable: true, configurable: true })
  const set = (target: object, key: PropertyKey, value: unknown) => void defineProperty(target, key, descriptor(value))
  /** Whether calling the method on the value works, that is, whether it really is one of that kind. */
  const answers = (method: (...args: never[]) => unknown, value: object, args: unknown[] = []) => {
    try {
      apply(method, value, args)
      return true
    } catch {
      return false
    }
  }
  const noop = () => {}

  const bytesToText = (buffer: ArrayBuffer) => {
    const bytes = new $Uint8Array(buffer)
    const length = apply(viewLength, bytes, []) as number
    let text = ''
    for (let index = 0; index < length; index += 1) text += fromCharCode(bytes[index]!)
    return text
  }
  const textToBytes = (text: string) => {
    const bytes = new $Uint8Array(text.length)
    for (let index = 0; index < text.length; index += 1) bytes[index] = apply(charCodeAt, text, [index]) as number
    return bytes.buffer
  }

  const encode = (root: unknown, hooks?: EncodeHooks): string => {
    const seen = new $Map<object, number>()
    let lastId = 0

    const fail = (value: unknown): never => {
      const what = typeof value === 'symbol' ? 'a symbol' : typeof value === 'function' ? 'a function' : 'an object'
      throw new $TypeError(`An object could not be cloned: ${what}`)
    }
    const list = (length: number, at: (index: number) => unknown) => {
      const nodes: unknown[] = bare([])
      for (let index = 0; index < length; index += 1) nodes[index] = visit(at(index))
      return nodes
    }
    const entries = (keys: readonly string[], value: object) => {
      const names: string[] = bare([])
      const values: unknown[] = bare([])
      let count = 0
      for (let index = 0; index < keys.length; index += 1) {
        const key = keys[index]!
        if (typeof key === 'symbol' || !getOwnPropertyDescriptor(value, key)?.enumerable) continue
        const item = (value as Node)[key]
        if (typeof item === 'symbol' && hooks?.functionId) continue
        names[count] = key
        values[count] = visit(item)
        count += 1
      }
      return bare([names, values])
    }
    const view = (value: ArrayBufferView, id: number) => {
      const name = apply(viewName, value, []) as string | undefined
      const parts = name === undefined ? dataViewParts : viewParts
      const offset = apply(parts.offset, value, []) as number
      const length = name === undefined ? apply(parts.size, value, []) : apply(viewLength, value, [])
      return node('view', bare([name ?? 'DataView', visit(apply(parts.buffer, value, [])), offset, length]), id)
    }
    const visitObject = (given: object): unknown => {
      const value = hooks?.replace ? hooks.replace(given) : given
      const known = apply(mapGet, seen, [value]) as number | undefined
      if (known !== undefined) return node('ref', undefined, known)
      lastId += 1
      const id = lastId
      apply(mapSet, seen, [value, id])
      const prototype = getPrototypeOf(value)
      if (isArray(value)) return node('array', list(value.length, (index) => value[index]), id)
      if (prototype === ObjectPrototype || prototype === null) return node('object', entries(ownKeys(value) as string[], value), id)
      if (isView(value)) return view(value, id)
      if (answers(bufferSize, value)) return node('buffer', bytesToText(value as ArrayBuffer), id)
      if (answers(dateTime, value)) return node('date', visit(apply(dateTime, value, [])), id)
      if (isError(value)) {
        const { name, message } = value as Error
        return node('error', bare([$String(name), $String(message)]), id)
      }
      if (answers(mapForEach, value, [noop])) {
        const pairs: unknown[] = bare([])
        let count = 0
        apply(mapForEach, value, [(item: unknown, key: unknown) => { pairs[count] = visit(key); pairs[count + 1] = visit(item); count += 2 }])
        return node('map', pairs, id)
      }
      if (answers(setForEach, value, [noop])) {
        const items: unknown[] = bare([])
        let count = 0
        apply(setForEach, value, [(item: unknown) => { items[count] = visit(item); count += 1 }])
        return node('set', items, id)
      }
      if (answers(sourceOf, value)) return node('regexp', bare([apply(sourceOf, value, []), apply(flagsOf, value, [])]), id)
      if (answers(promiseThen, value, [noop, noop])) return hooks?.promiseId ? node('promise', undefined, hooks.promiseId(value as Promise<unknown>)) : fail(value)
      return node('object', entries(ownKeys(value) as string[], value), id)
    }
    const visit = (value: unknown): unknown => {
      switch (typeof value) {
        case 'string':
        case 'boolean': return value
        case 'number': return value - value === 0 && !is(value, -0) ? value : node('number', is(value, -0) ? '-0' : $String(value))
        case 'undefined': return node('undefined')
        case 'bigint': return node('bigint', $String(value))
        case 'function': return hooks?.functionId ? node('function', undefined, hooks.functionId(value as () => unknown)) : fail(value)
        case 'object': return value === null ? null : visitObject(value)
        default: return fail(value)
      }
    }
    return stringify(visit(root))
  }

  const decode = (text: string, hooks?: DecodeHooks): unknown => {
    const seen: { [id: number]: object } = bare({})

    const keep = <T extends object>(id: unknown, value: T): T => (seen[id as number] = value) as T
    const finish = <T extends object>(value: T): T => {
      hooks?.finish?.(value)
      return value
    }
    const object = (id: unknown, names: string[], values: unknown[]) => {
      const result = keep(id, {})
      for (let index = 0; index < names.length; index += 1) set(result, names[index]!, visit(values[index]))
      return finish(result)
    }
    const array = (id: unknown, items: unknown[]) => {
      const result = keep(id, [] as unknown[])
      for (let index = 0; index < items.length; index += 1) set(result, index, visit(items[index]))
      return finish(result)
    }
    const error = (id: unknown, name: string, message: string) => {
      const result = keep(id, new (namedErrors[name] ?? $Error)(message))
      // The stack of this place would only mislead and show the bridge's inside.
      set(result, 'stack', `${name}: ${message}`)
      return result
    }
    const visit = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value
      const { t: tag, v, i: id } = value as { t: string; v: never; i: number | undefined }
      const items = v as unknown[]
      switch (tag) {
        case 'ref': return seen[id!]
        case 'array': return array(id, v)
        case 'object': return object(id, items[0] as string[], items[1] as unknown[])
        case 'undefined': return undefined
        case 'number': return $Number(v)
        case 'bigint': return $BigInt(v)
        case 'date': return keep(id, new $Date(visit(v) as number))
        case 'error': return error(id, items[0] as string, items[1] as string)
        case 'regexp': return keep(id, new $RegExp(items[0] as string, items[1] as string))
        case 'buffer': return keep(id, textToBytes(v))
        case 'view': return keep(id, new views[items[0] as string]!(visit(items[1]) as ArrayBuffer, items[2] as number, items[3] as number))
        case 'map': {
          const map = keep(id, new $Map())
          for (let index = 0; index < items.length; index += 2) apply(mapSet, map, [visit(items[index]), visit(items[index + 1])])
          return map
        }
        case 'set': {
          const result = keep(id, new $Set())
          for (let index = 0; index < items.length; index += 1) apply(setAdd, result, [visit(items[index])])
          return result
        }
        case 'function': return hooks?.functionOf?.(id!)
        case 'promise': return hooks?.promiseOf?.(id!)
        default: return undefined
      }
    }
    return visit(parse(text))
  }
  return { encode, decode }
}

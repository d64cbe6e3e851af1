/** Names the language itself looks up on any object; they are absent, not unimplemented. */
const quiet = new Set(['then', 'toJSON', 'inspect', 'nodeType', 'tagName', '$$typeof', 'asymmetricMatch', 'length'])

function refuse(owner: string, name: string | symbol): undefined {
  if (typeof name === 'symbol' || quiet.has(name) || name.startsWith('_')) return undefined
  throw new Error(`not implemented: ${owner}.${name}`)
}

/**
 * Makes reading a name that Electron has and this runtime lacks an error that says so,
 * instead of `undefined is not a function` somewhere else. Writing new names stays possible: testers replace methods.
 */
export function strict<T extends object>(owner: string, object: T): T {
  return new Proxy(object, {
    get: (target, name, receiver) => (name in target ? Reflect.get(target, name, receiver) : refuse(owner, name)),
  })
}

/** The same for a class: names missing on an instance or on the class itself. */
export function strictClass<T extends abstract new (...args: never[]) => object>(owner: string, constructor: T): T {
  const prototype = constructor.prototype as object
  const guard = new Proxy(Object.getPrototypeOf(prototype) as object, {
    get: (target, name, receiver) =>
      name in target ? Reflect.get(target, name, receiver) : refuse(`${owner}.prototype`, name),
  })
  Object.setPrototypeOf(prototype, guard)
  return strict(owner, constructor)
}

/** Deeper than any call of ours goes, and more parts than any has: whoever sends the same list within lists must not keep main busy. */
const depthAtMost = 12
const partsAtMost = 20_000

/**
 * Whether what a page sent is a record, as the input of every call is, and in it nothing but what JSON can say: texts without half characters
 * (RFC 8259 §8.2), finite numbers, yes and no, null, lists and records. A page can send more (lists that carry the keys of a record, own keys
 * called `__proto__`, cycles, maps, dates), and a schema that asks for keys by name takes some of that for a record, and an empty list for one
 * whose keys may all be left out.
 */
export function isPlainRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value, depthAtMost, { left: partsAtMost })
}

function isPlain(value: unknown, depth: number, parts: { left: number }): boolean {
  parts.left -= 1
  if (parts.left < 0) return false
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth === 0) return false
  const isPart = (part: unknown) => isPlain(part, depth - 1, parts)
  if (Array.isArray(value)) return Reflect.ownKeys(value).length === value.length + 1 && value.every(isPart)
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  // A key that every object has from its prototype would be taken for one that is known.
  return Reflect.ownKeys(value).every((key) => typeof key === 'string' && !(key in Object.prototype) && isPart((value as Record<string, unknown>)[key]))
}

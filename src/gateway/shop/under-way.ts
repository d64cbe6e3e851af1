/** Which purchases are being worked on now. Lost with the process, as the work itself is. */
export interface UnderWay {
  readonly has: (deviceId: string, idempotencyKey: string) => boolean
  /** Does the work, counted as under way until it has ended one way or the other. */
  readonly during: <T>(deviceId: string, idempotencyKey: string, work: () => Promise<T>) => Promise<T>
}

export function createUnderWay(): UnderWay {
  const counts = new Map<string, number>()
  // Neither part of the name can hold a space.
  const nameOf = (deviceId: string, idempotencyKey: string) => `${deviceId} ${idempotencyKey}`
  return {
    has: (deviceId, idempotencyKey) => counts.has(nameOf(deviceId, idempotencyKey)),
    async during(deviceId, idempotencyKey, work) {
      const name = nameOf(deviceId, idempotencyKey)
      counts.set(name, (counts.get(name) ?? 0) + 1)
      try {
        return await work()
      } finally {
        const left = (counts.get(name) ?? 1) - 1
        if (left > 0) counts.set(name, left)
        else counts.delete(name)
      }
    },
  }
}

/** Counts what pages ask of the operating system. Each is denied; that it was asked is worth knowing. */
export function createDeniedPermissions() {
  const times = new Map<string, number>()
  return {
    onDenied: (permission: string) => void times.set(permission, (times.get(permission) ?? 0) + 1),
    denied: () => [...times].map(([permission, count]) => ({ permission, times: count })),
  }
}

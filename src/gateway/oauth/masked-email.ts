/** The address with most of it hidden, such as `r…n@example.org`: enough for its owner to know it. At most 50 characters. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const [name, host] = [email.slice(0, at), email.slice(at + 1)]
  const shortHost = host.length > 40 ? `…${host.slice(-39)}` : host
  return `${name.slice(0, 1)}…${name.length > 2 ? name.slice(-1) : ''}@${shortHost}`
}

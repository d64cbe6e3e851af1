export function StatementsScreen() {
  return null
}

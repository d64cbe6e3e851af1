export function InsightScreen() {
  return null
}

import { isZone } from '../../../domain/calendar.ts'

/** The time zone that the computer is set to; UTC where it names none that calendars can be made with. */
export function systemZone(): string {
  const zone: string | undefined = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return zone !== undefined && isZone(zone) ? zone : 'UTC'
}

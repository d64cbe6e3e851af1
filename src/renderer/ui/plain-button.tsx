import type { ComponentProps } from 'react'
import styles from './button.module.css'
import type { ButtonLook } from './button-look.ts'

/**
 * The platform's own button: for the confirm window, whose page stays as small as it can be, and where there are dozens
 * of them, because it costs the first picture nothing.
 */
export function PlainButton({ look = 'plain', ...props }: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type="button" {...props} className={`${styles.button} ${styles[look]} ${props.className ?? ''}`} />
}

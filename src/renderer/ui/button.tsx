import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button'
import styles from './button.module.css'
import type { ButtonLook } from './button-look.ts'

interface Props extends Omit<ButtonProps, 'className'> {
  readonly look?: ButtonLook
  readonly className?: string | undefined
}

/** The launcher's button. */
export function Button({ look = 'plain', className = '', ...props }: Props) {
  return <AriaButton {...props} className={`${styles.button} ${styles[look]} ${className}`} />
}

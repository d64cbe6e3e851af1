/** How charts look: they take objects of styles where all else has style sheets. */
export const tooltipStyle = { background: 'var(--surface-raised)', border: '1px solid var(--line-strong)', borderRadius: 6, color: 'var(--text)' }
export const quietText = { fill: 'var(--text-quiet)' }

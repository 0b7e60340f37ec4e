/** How both kinds of chart draw their axes and their tooltip. */

export const AXIS = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' }

export const TOOLTIP = {
  background: 'var(--cw-surface)',
  border: '1px solid var(--cw-line)',
  borderRadius: 6,
  fontSize: 12,
}

import type { Story } from '../act.ts'
import { DAY_MS } from '../plan.ts'

const EVERY_DAYS = 15

/** What the source has recorded since, delivered by night every other week. */
export const deliveries: Story = (plan) => {
  const due = plan.days.filter(({ ago }) => ago > 0 && ago % EVERY_DAYS === 1)
  return due.flatMap(({ ago }, i) => {
    const at = plan.at(ago, 2.5)
    if (at === null) return []
    const isLast = i === due.length - 1
    return [
      {
        at,
        by: 'import',
        what: 'imports what was recorded since',
        alone: true as const,
        do: (stage) => stage.deliver(isLast ? Number.POSITIVE_INFINITY : at - DAY_MS),
      },
    ]
  })
}

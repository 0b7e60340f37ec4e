import { ACTIONS, isAction } from '@chartward/audit'
import { sentence } from '../../lib/format.ts'

/** "role.assignment.granted" -> "Role assignment granted". */
export const actionLabel = (action: string): string => sentence(action.replace(/^auth\./, ''))

export interface ActionGroup {
  readonly group: string
  readonly items: readonly { readonly value: string; readonly label: string }[]
}

/** The actions that the API may be asked for, under their categories. */
export const actionGroups = (actions: readonly string[]): ActionGroup[] => {
  const groups = new Map<string, { value: string; label: string }[]>()
  for (const action of actions) {
    const group = sentence(isAction(action) ? ACTIONS[action].category : 'other')
    groups.set(group, [...(groups.get(group) ?? []), { value: action, label: actionLabel(action) }])
  }
  return [...groups].map(([group, items]) => ({ group, items }))
}

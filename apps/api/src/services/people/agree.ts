import type { StartedWork } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { startWork } from '../works/start-work.ts'
import { type ChangeId, changeRow, sealedPlan } from './change-row.ts'
import type { Plan } from './plan.ts'
import { CHANGE_PEOPLE } from './work-spec.ts'

/**
 * Keeps the plan that is agreed on, and asks for the work that carries it out: that plan and no other,
 * whatever a file or a filter would come to later. An entry has to follow.
 */
export const agree = async (
  tx: Transaction,
  app: App,
  { id, plan, askedBy }: { readonly id: ChangeId; readonly plan: Plan; readonly askedBy: UserId },
): Promise<StartedWork> => {
  const started = await startWork(tx, app, CHANGE_PEOPLE, { subjectId: id, askedBy })
  await changeRow(tx, app, id, { ...sealedPlan(app, id, plan), workId: started.workId })
  return started
}

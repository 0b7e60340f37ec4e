import { builtInRoles as roles } from '@chartward/policy'
import { runWork } from '../../../services/works/run-work.ts'
import type { DemoPerson } from '../../people.ts'
import { inSteps, type Story } from '../act.ts'
import { approves } from '../decide.ts'
import type { Plan } from '../plan.ts'

const ADMIN = 'admin'
const OTHER = 'admin2'
const AGO = 20

/** Where each role works; whoever stands first in a department leads it. */
const DEPARTMENTS: Readonly<Record<string, string>> = {
  [roles.clinician.name]: 'Medicine',
  [roles.nurse.name]: 'Nursing',
  [roles.billing.name]: 'Billing',
  [roles.analyst.name]: 'Data office',
}
const departmentOf = ({ role }: DemoPerson): string => DEPARTMENTS[role] ?? 'Compliance'

/** The house's list of its people. Whoever sends it in, or agrees to it, is none of it. */
const fileOf = ({ people }: Plan): string => {
  const listed = people.filter(({ role }) => role !== roles.administrator.name)
  const lines = listed.map((person, at) => {
    const head = listed.find((one) => departmentOf(one) === departmentOf(person))
    const manager = head === undefined || head === person ? '' : head.email
    return `,${person.email},E-${1001 + at},${departmentOf(person)},${manager},,`
  })
  return ['name,email,employee_number,department,manager,roles,status', ...lines, ''].join('\r\n')
}

/** The list of the house is taken in: departments, numbers and managers, as two people have agreed. */
export const peopleImport: Story = (plan) =>
  inSteps(plan, [
    {
      ago: AGO,
      hour: 10.2,
      by: ADMIN,
      what: 'takes in the list of the house’s people',
      do: async (player, stage) => {
        const file = Buffer.from(fileOf(plan)).toString('base64')
        const { id } = await player.does(({ people }) => people.importFile({ file }))
        const asked = await player.does(async ({ people }) => {
          const { difference } = await people.get({ id })
          const reason = 'Departments and managers as of the new year'
          return people.requestImport({ id, hash: difference?.hash ?? '', reason })
        })
        stage.keep('people change', id)
        stage.keep('people import', asked.approvalId)
      },
    },
    {
      ago: AGO,
      hour: 11.6,
      by: OTHER,
      what: 'agrees to the list of people',
      do: async (player, stage) => {
        await approves(player, stage.kept('people import'))
        const id = stage.kept('people change')
        const { workId } = await player.does(({ people }) => people.get({ id }))
        if (workId !== null) await runWork(stage.app, workId, new AbortController().signal)
      },
    },
  ])

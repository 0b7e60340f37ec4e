import { Button } from '@mantine/core'
import { useState } from 'react'
import * as z from 'zod/mini'
import { DialogForm } from '../../components/dialog-form.tsx'
import { UntilField } from '../../components/until-field.tsx'
import { endOfDay } from '../../lib/calendar.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import type { BulkActName } from './bulk-acts.tsx'
import { ImpactForm, type PeopleAct } from './impact-form.tsx'
import { RoleSelect } from './role-choice.tsx'

interface Props {
  act: BulkActName
  people: readonly string[]
  onClose: () => void
}

/** What is done, and then exactly what that comes to, for whoever is about to do it to many. */
export const BulkForm = ({ act, people, onClose }: Props) => {
  const [change, setChange] = useState<PeopleAct | null>(act === 'deactivate' ? { act } : null)
  if (change !== null)
    return (
      <>
        <ImpactForm change={change} people={people} onClose={onClose} destructive={act === 'deactivate'} />
        {act === 'deactivate' ? null : (
          <Button size="compact-sm" variant="subtle" onClick={() => setChange(null)}>
            Choose another role
          </Button>
        )}
      </>
    )
  return <RoleChoice act={act} onChoose={setChange} />
}

const SCHEMA = z.strictObject({
  role: z.string().check(z.minLength(1)),
  endsAt: z.optional(z.string()),
})

const RoleChoice = ({ act, onChoose }: { act: BulkActName; onChoose: (change: PeopleAct) => void }) => {
  const fields = useContractForm({
    schema: SCHEMA,
    start: { role: '', endsAt: '' },
    input: ({ role, endsAt: day }) => {
      const endsAt = endOfDay(day)
      return { role, ...(endsAt === null ? {} : { endsAt }) }
    },
    says: { role: 'Choose a role.' },
    failure: null,
  })
  return (
    <DialogForm
      confirm="Show what it would do"
      fields={fields}
      pending={false}
      onSubmit={({ role, endsAt }) =>
        onChoose(
          act === 'give-role'
            ? { act, role, ...(endsAt === undefined ? {} : { endsAt }) }
            : { act: 'end-role', role },
        )
      }
    >
      <div>Nothing is done yet: next you see person by person what it would come to.</div>
      <RoleSelect required withAsterisk={false} allowDeselect={false} {...fields.choice('role')} />
      {act === 'give-role' ? <UntilField what="role" {...fields.field('endsAt')} /> : null}
    </DialogForm>
  )
}
